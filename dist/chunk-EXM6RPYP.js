import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __using = (stack, value, async) => {
  if (value != null) {
    if (typeof value !== "object" && typeof value !== "function") __typeError("Object expected");
    var dispose, inner;
    if (async) dispose = value[__knownSymbol("asyncDispose")];
    if (dispose === void 0) {
      dispose = value[__knownSymbol("dispose")];
      if (async) inner = dispose;
    }
    if (typeof dispose !== "function") __typeError("Object not disposable");
    if (inner) dispose = function() {
      try {
        inner.call(this);
      } catch (e) {
        return Promise.reject(e);
      }
    };
    stack.push([async, dispose, value]);
  } else if (async) {
    stack.push([async]);
  }
  return value;
};
var __callDispose = (stack, error, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s, _;
  };
  var fail = (e) => error = hasError ? new E(e, error, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result).then(next, (e) => (fail(e), next()));
      } catch (e) {
        fail(e);
      }
    }
    if (hasError) throw error;
  };
  return next();
};

// src/errors.ts
var EXIT = {
  pass: 0,
  fail: 1,
  usage: 2,
  invalid: 3,
  inconclusive: 4,
  interrupted: 130
};
var UserError = class extends Error {
  exitCode = EXIT.usage;
  hint;
  at;
  detail;
  constructor(message, options = {}) {
    super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
    this.at = options.at;
    this.detail = options.detail;
  }
};
var MeasurementError = class extends UserError {
  exitCode = EXIT.invalid;
};
var Interrupted = class extends UserError {
  exitCode = EXIT.interrupted;
};

// src/service/log.ts
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
var TAIL_BYTES = 64 * 1024;
var LINE_CHARACTERS = 500;
function readTail(file, lines, from = 0) {
  return tailLines(file, from).slice(-lines).join("\n");
}
function readLastWords(file, lines, from = 0) {
  const all = tailLines(file, from);
  const panic = all.findLastIndex((line) => /^(panic|fatal error): |\bhttp: panic serving /.test(line));
  if (panic === -1 || all.length - panic <= lines) return all.slice(-lines).join("\n");
  return [...all.slice(panic, panic + lines), "\u2026"].join("\n");
}
function plainText(text) {
  return stripVTControlCharacters(text).replace(/\r\n?/g, "\n").replace(/(?![\n\t])[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}
function tailLines(file, from) {
  const { text, isCut } = readEnd(file, from);
  const lines = plainText(text).replace(/\n+$/, "").split("\n");
  if (isCut && lines.length > 1) lines.shift();
  return lines.map((line) => line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}\u2026` : line);
}
function readEnd(file, from) {
  if (!existsSync(file)) return { text: "", isCut: false };
  const fd = openSync(file, "r");
  try {
    const { size } = fstatSync(fd);
    const start = Math.max(from, size - TAIL_BYTES);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    const read = readSync(fd, bytes, 0, bytes.length, start);
    return { text: bytes.toString("utf8", 0, read), isCut: start > from };
  } finally {
    closeSync(fd);
  }
}

// src/config/nearest.ts
function nearest(word, legal) {
  const plain = bare(word);
  let best;
  for (const candidate of legal) {
    const other = bare(candidate);
    const longer = Math.max(plain.length, other.length);
    const tolerated = Math.floor(longer / 3);
    if (longer - Math.min(plain.length, other.length) > tolerated) continue;
    const edits = distance(plain, other);
    if (edits <= tolerated && (best === void 0 || edits < best.edits)) best = { word: candidate, edits };
  }
  return best?.word ?? legal.find((candidate) => isPart(plain, bare(candidate)));
}
function bare(word) {
  return word.toLowerCase().replaceAll(/[-_\s]/g, "");
}
function isPart(a, b) {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.includes(short);
}
function distance(a, b) {
  let beforeLast = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, beforeLast[j - 2] + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

export {
  __require,
  __commonJS,
  __toESM,
  __using,
  __callDispose,
  EXIT,
  UserError,
  MeasurementError,
  Interrupted,
  readTail,
  readLastWords,
  plainText,
  nearest
};
