import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  MANIFEST,
  parseManifest,
  profilesOf,
  writeManifest
} from "./measure-side-directory.js";
import {
  decodeProfile
} from "./profile-decode.js";
import {
  runProgram
} from "./process-group.js";
import {
  openGit
} from "./simple-git.js";
import {
  require__
} from "./ajv.js";
import {
  plainText
} from "./base-text.js";
import {
  SCENARIO_PATTERN
} from "./config-places.js";
import {
  redact
} from "./base-redact.js";
import {
  EXIT,
  UserError
} from "./base-errors.js";
import {
  __toESM
} from "./empty.js";

// src/baseline/age.ts
var UNITS = [
  ["day", 864e5],
  ["hour", 36e5],
  ["minute", 6e4]
];
function ago(ms) {
  const [unit, length] = UNITS.find(([, length2]) => ms >= length2) ?? [];
  if (unit === void 0) return "just now";
  const count = Math.floor(ms / length);
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

// src/baseline/key.ts
import { createHash } from "node:crypto";
var SERVICE = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
var DIGEST = "[0-9a-f]{16}";
var KEY = new RegExp(
  `^(${SERVICE})/(\\d{8}T\\d{6}Z)-([0-9a-f]{40}|[0-9a-f]{64})-(${DIGEST})-(${DIGEST})(?:-(${SCENARIO_PATTERN}))?$`
);
var keyText = ({ service, scenario, committed, commit, code, fingerprint }) => `${service}/${committed}-${commit}-${code}-${fingerprint}${scenario === void 0 ? "" : `-${scenario}`}`;
function parseKey(text2) {
  const [, service, committed, commit, code, fingerprint, scenario] = KEY.exec(text2) ?? [];
  if (service === void 0) return void 0;
  return { service, scenario, committed, commit, code, fingerprint };
}
var compactTime = (iso) => iso.replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
var isoTime = (compact) => compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
var newestFirst = (a, b) => compare(b.committed, a.committed) || compare(a.commit, b.commit) || compare(keyText(a), keyText(b));
var compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
function fingerprintDigest(fingerprint) {
  return shortDigest(JSON.stringify(Object.entries(fingerprint).sort(([a], [b]) => compare(a, b))));
}
var shortDigest = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);

// src/baseline/bundle.ts
var import__ = __toESM(require__(), 1);
import { createHash as createHash2 } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";

// src/baseline/store.ts
var StoreError = class extends UserError {
  exitCode = EXIT.invalid;
};
var LARGEST_BUNDLE_BYTES = 64e6;
function tooLarge(place) {
  return new StoreError(`a bundle in ${place} is larger than ${LARGEST_BUNDLE_BYTES / 1e6} MB`, {
    hint: "perf-gate writes no such bundle: who else writes there?"
  });
}

// src/baseline/tar.ts
var BLOCK = 512;
var NAME = /^(?=.{1,99}$)[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)?$/;
var LARGEST_SIZE = 8 ** 11 - 1;
function writeTar(files) {
  const parts = [];
  for (const [name, bytes] of [...files].sort(([a], [b]) => a < b ? -1 : 1)) {
    if (!NAME.test(name)) throw new Error(`${name} cannot be the name of a file in a bundle`);
    parts.push(header(name, bytes.length), bytes, new Uint8Array(padding(bytes.length)));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return Buffer.concat(parts);
}
function readTar(archive, mostFiles) {
  const files = /* @__PURE__ */ new Map();
  let at = 0;
  for (; ; ) {
    const block = archive.subarray(at, at + BLOCK);
    if (block.length < BLOCK) throw new Error("it is cut off");
    if (block[0] === 0) break;
    const name = latin1(block, 0, 100);
    const size = Number.parseInt(latin1(block, 124, 12), 8);
    if (!NAME.test(name) || !Number.isInteger(size)) throw new Error("it holds a file with a strange name or size");
    if (Buffer.compare(block, header(name, size)) !== 0) throw new Error(`${name} is no plain file of ours`);
    if (files.has(name)) throw new Error(`${name} is in it twice`);
    if (files.size === mostFiles) throw new Error(`it holds more than ${mostFiles} files`);
    const start = at + BLOCK;
    if (start + size > archive.length) throw new Error("it is cut off");
    files.set(name, archive.subarray(start, start + size));
    at = start + size + padding(size);
  }
  const end = archive.subarray(at);
  if (end.length !== 2 * BLOCK || end.some((byte) => byte !== 0)) throw new Error("there is something behind its end");
  return files;
}
var padding = (size) => (BLOCK - size % BLOCK) % BLOCK;
function header(name, size) {
  if (size < 0 || size > LARGEST_SIZE) throw new Error(`${name} is too large for a bundle`);
  const block = Buffer.alloc(BLOCK);
  const put = (text2, offset) => block.write(text2, offset, "latin1");
  put(name, 0);
  put("0000644\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        ", 148);
  put("0", 156);
  put("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
function latin1(block, offset, length) {
  const text2 = Buffer.from(block.subarray(offset, offset + length)).toString("latin1");
  const end = text2.indexOf("\0");
  return end === -1 ? text2 : text2.slice(0, end);
}

// src/baseline/bundle.ts
var SCHEMA = 1;
var INDEX = "bundle.json";
var LARGEST_UNPACKED_BYTES = 256e6;
var MOST_FILES = 200;
var QUALITY = 6;
var validIndex = new import__.Ajv2020({ strict: true }).compile({
  type: "object",
  properties: {
    schema: { const: SCHEMA },
    key: { type: "string" },
    files: { type: "object", additionalProperties: { type: "string" } }
  },
  required: ["schema", "key", "files"],
  additionalProperties: false
});
function packBundle(directory, key) {
  const files = /* @__PURE__ */ new Map([[MANIFEST, readFileSync(join(directory, MANIFEST))]]);
  const manifest = parseManifest(text(files.get(MANIFEST)), join(directory, MANIFEST));
  for (const name of profilesOf(manifest)) {
    files.set(unpackedName(name), gunzipSync(readFileSync(join(directory, name))));
  }
  const index = {
    schema: SCHEMA,
    key: keyText(key),
    files: Object.fromEntries([...files].map(([name, bytes2]) => [name, sha256(bytes2)]).sort())
  };
  const archive = writeTar(new Map(files).set(INDEX, Buffer.from(JSON.stringify(index))));
  const bytes = brotliCompressSync(archive, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: archive.length
    }
  });
  if (bytes.length <= LARGEST_BUNDLE_BYTES && archive.length <= LARGEST_UNPACKED_BYTES) return bytes;
  throw new UserError(`the profiles of ${key.service} take ${Math.round(bytes.length / 1e6)} MB: too much to be kept`, {
    hint: "fewer different requests under load.requests make smaller profiles"
  });
}
function unpackBundle(bytes, key) {
  const refuse = (why, cause) => {
    throw new StoreError(`the bundle ${keyText(key)} is damaged: ${why}`, {
      cause,
      hint: "remove it from the store, or measure the commit again with perf-gate save --force"
    });
  };
  if (bytes.length > LARGEST_BUNDLE_BYTES) refuse(`it is larger than ${LARGEST_BUNDLE_BYTES / 1e6} MB`);
  let files;
  try {
    files = readTar(brotliDecompressSync(bytes, { maxOutputLength: LARGEST_UNPACKED_BYTES }), MOST_FILES);
  } catch (error) {
    const { code, message } = error;
    if (code === "ERR_BUFFER_TOO_LARGE") refuse(`it unpacks to more than ${LARGEST_UNPACKED_BYTES / 1e6} MB`, error);
    return refuse(code === void 0 ? message : "it cannot be unpacked", error);
  }
  const index = indexIn(files) ?? refuse(`its ${INDEX} is missing, or of another version`);
  files.delete(INDEX);
  if (index.key !== keyText(key)) refuse("it is the bundle of something else");
  const names = Object.keys(index.files);
  if (names.length !== files.size) refuse("files are missing or too many");
  for (const name of names) {
    const content = files.get(name);
    if (content === void 0) return refuse(`${name} is missing`);
    if (sha256(content) !== index.files[name]) refuse(`${name} is not what was measured`);
  }
  const manifest = parseManifest(
    text(files.get(MANIFEST) ?? refuse("it has no manifest")),
    `${keyText(key)}/${MANIFEST}`
  );
  const { service, scenario, commit, isDirty } = manifest;
  if (service !== key.service || scenario !== key.scenario || commit !== key.commit || isDirty) {
    refuse("its manifest is of something else");
  }
  const { fingerprint } = manifest;
  if (fingerprint["measuring"] !== void 0 && fingerprintDigest(fingerprint) !== key.fingerprint)
    refuse("its manifest does not have the fingerprint of its name");
  const wanted = [MANIFEST, ...profilesOf(manifest).map(unpackedName)];
  for (const name of wanted) if (!files.has(name)) refuse(`${name} is missing`);
  for (const name of names) if (!wanted.includes(name)) refuse(`${name} does not belong into it`);
  for (const name of wanted.slice(1)) decodeProfile(files.get(name), `${keyText(key)}/${name}`);
  return { key, manifest, files };
}
function writeBundle(bundle, directory, instruments) {
  const all = Object.entries(bundle.manifest.instruments);
  const chosen = all.filter(([name]) => instruments?.includes(name) ?? true);
  const manifest = { ...bundle.manifest, instruments: Object.fromEntries(chosen) };
  for (const name of profilesOf(manifest)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, gzipSync(bundle.files.get(unpackedName(name))));
  }
  writeManifest(directory, manifest);
  return manifest;
}
var COMPRESSED = ".gz";
var unpackedName = (name) => name.slice(0, -COMPRESSED.length);
var text = (bytes) => Buffer.from(bytes).toString("utf8");
var sha256 = (bytes) => createHash2("sha256").update(bytes).digest("hex");
function indexIn(files) {
  try {
    const index = JSON.parse(text(files.get(INDEX) ?? Buffer.of()));
    return validIndex(index) ? index : void 0;
  } catch (error) {
    if (error instanceof SyntaxError) return void 0;
    throw error;
  }
}

// src/baseline/stores/directory.ts
import { randomUUID } from "node:crypto";
import { lstat, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname as dirname2, join as join2, resolve } from "node:path";
var EXTENSION = ".bundle";
var directoryStore = ({ path }, { directory }) => {
  const root = resolve(directory, path);
  const place = `the directory ${path}`;
  const fileOf = (key) => join2(root, `${keyText(key)}${EXTENSION}`);
  const failed = (what) => (cause) => {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(`${place} ${what}: ${cause.message}`, { cause, hint: "see baseline.path in perf-gate.yml" });
  };
  return {
    place,
    list: async (service) => {
      const entries = await readdir(join2(root, service), { withFileTypes: true }).catch(
        (error) => isAbsent(error) ? [] : failed("cannot be listed")(error)
      );
      const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith(EXTENSION));
      return names.flatMap(({ name }) => parseKey(`${service}/${name.slice(0, -EXTENSION.length)}`) ?? []);
    },
    read: async (key) => {
      try {
        return await readWhole(fileOf(key), place);
      } catch (error) {
        return isAbsent(error) ? void 0 : failed("cannot be read")(error);
      }
    },
    write: async (key, bytes) => {
      const file = fileOf(key);
      const draft = `${file}.${randomUUID()}`;
      try {
        await mkdir(dirname2(file), { recursive: true });
        await writeSynced(draft, bytes);
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true }).catch(() => void 0);
        failed("cannot be written to")(error);
      }
    },
    remove: async (keys) => {
      for (const key of keys) await rm(fileOf(key), { force: true }).catch(failed("cannot be written to"));
    }
  };
};
async function readWhole(file, place) {
  const about = await lstat(file);
  if (!about.isFile()) throw new StoreError(`${place} has something under the name of a bundle that is no file`);
  if (about.size > LARGEST_BUNDLE_BYTES) throw tooLarge(place);
  return readFile(file);
}
async function writeSynced(path, bytes) {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
var isAbsent = (error) => error.code === "ENOENT" || error.code === "ENOTDIR";

// src/baseline/stores/exec.ts
var NOT_THERE = 44;
var TIMEOUT_MS = 12e4;
var LARGEST_LIST_BYTES = 1e7;
var SHOWN_LINES = 10;
var execStore = ({ command }, { world, directory }) => {
  const place = `the command ${command}`;
  async function call({ args, input, largestBytes }) {
    const { env, signal } = world;
    const ran = await runProgram({
      ...{ command: "sh", args: ["-c", `${command} "$@"`, "sh", ...args], cwd: directory, env, input, signal },
      timeoutMs: TIMEOUT_MS,
      stdout: { mostBytes: largestBytes, keptBytes: largestBytes },
      stderr: { mostBytes: LARGEST_LIST_BYTES, keptBytes: LARGEST_LIST_BYTES }
    }).catch((cause) => {
      if (signal.aborted) throw cause;
      throw failure(args, `could not be run: ${cause.message}`);
    });
    if (ran.end === "late") throw failure(args, `took longer than ${TIMEOUT_MS / 6e4} minutes`);
    if (ran.end === "too much output") throw tooLarge(place);
    if (ran.exitCode === 0) return ran.stdout;
    if (ran.exitCode === NOT_THERE && args[0] === "read") return void 0;
    throw failure(args, reasonOf(ran), ran.stderr);
  }
  function failure(args, said, stderr) {
    const lines = plainText(Buffer.from(stderr ?? []).toString("utf8")).trim().split("\n");
    return new StoreError(`${command} ${args.join(" ")} ${said}`, {
      hint: "see baseline.command in perf-gate.yml",
      detail: lines.slice(-SHOWN_LINES).join("\n")
    });
  }
  return {
    place,
    list: async (service) => {
      const answer = await call({ args: ["list", service], largestBytes: LARGEST_LIST_BYTES });
      const keys = Buffer.from(answer ?? []).toString("utf8").split(/\r?\n/).flatMap((line) => parseKey(line.trim()) ?? []);
      return keys.filter((key) => key.service === service);
    },
    read: (key) => call({ args: ["read", keyText(key)], largestBytes: LARGEST_BUNDLE_BYTES }),
    write: async (key, bytes) => {
      await call({ args: ["write", keyText(key)], input: bytes, largestBytes: LARGEST_LIST_BYTES });
    },
    remove: async (keys) => {
      for (const key of keys) await call({ args: ["remove", keyText(key)], largestBytes: LARGEST_LIST_BYTES });
    }
  };
};
var reasonOf = ({ exitCode, signal }) => exitCode === void 0 ? `was ended by ${signal}` : `failed (exit code ${exitCode})`;

// src/baseline/stores/git.ts
import { mkdtemp, rm as rm2, writeFile } from "node:fs/promises";
import { join as join3 } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
var ATTEMPTS = 30;
var LONGEST_DELAY_MS = 2e3;
var TIMEOUT_MS2 = 3e5;
var SHOWN_LINES2 = 5;
var KEYS_AT_ONCE = 500;
var MESSAGE = "perf-gate: measured commits [skip ci]\n\nOnly the newest state is kept; perf-gate replaces this commit.";
var gitStore = ({ remote, branch, tokenEnv }, { repo, world }) => {
  const ref = `refs/heads/${branch}`;
  const place = `the branch ${branch} of ${redact(remote)}`;
  const token = tokenEnv === void 0 ? void 0 : world.env[tokenEnv] || void 0;
  if (token !== void 0) world.secrets.add(token, basic(token));
  const { git } = repo;
  let seen;
  const urls = /* @__PURE__ */ new Map();
  const urlFor = (action) => {
    const known = urls.get(action) ?? findUrl(action);
    urls.set(action, known);
    return known;
  };
  async function findUrl(action) {
    const answer = await git.ask(["remote", "get-url", ...action === "push" ? ["--push"] : [], "--", remote]);
    const url = answer.exitCode === 0 ? answer.stdout.trim() : remote;
    return token === void 0 ? url : url.replace(/^(https?:\/\/)[^/@]*@/, "$1");
  }
  async function network(args, url) {
    const late = AbortSignal.timeout(TIMEOUT_MS2);
    const patient = openGit(repo.root, world.env, AbortSignal.any([world.signal, late]));
    try {
      return await patient.ask(args, { env: credentials(url) });
    } catch (error) {
      world.signal.throwIfAborted();
      if (late.aborted) throw failure(args, `took longer than ${TIMEOUT_MS2 / 6e4} minutes`);
      throw error;
    }
  }
  function credentials(url) {
    const env = { GIT_TERMINAL_PROMPT: world.env["GIT_TERMINAL_PROMPT"] ?? "0" };
    if (token === void 0 || !/^https?:/.test(url)) return env;
    const given = Number(world.env["GIT_CONFIG_COUNT"] ?? 0);
    const name = `http.${url}.extraheader`;
    return {
      ...env,
      GIT_CONFIG_COUNT: `${given + 2}`,
      [`GIT_CONFIG_KEY_${given}`]: name,
      [`GIT_CONFIG_VALUE_${given}`]: "",
      [`GIT_CONFIG_KEY_${given + 1}`]: name,
      [`GIT_CONFIG_VALUE_${given + 1}`]: `AUTHORIZATION: basic ${basic(token)}`
    };
  }
  function failure([command], said, stderr = "") {
    const lines = plainText(world.secrets.clean(stderr)).trim().split("\n");
    return new StoreError(`git ${command} of ${place} ${said}`, {
      hint: hintFor(command, stderr),
      detail: lines.slice(-SHOWN_LINES2).join("\n")
    });
  }
  async function ask(args, url) {
    const { exitCode, stdout, stderr } = await network(args, url);
    if (exitCode !== 0) throw failure(args, `failed (exit code ${exitCode})`, stderr);
    return stdout;
  }
  async function newest() {
    const url = await urlFor("fetch");
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const answer = await ask(["ls-remote", "--quiet", "--", url, ref], url);
      const tip = /^([0-9a-f]{40,64})\t/.exec(answer)?.[1];
      if (tip === void 0 || await isWhole(tip)) {
        seen = tip;
        return tip;
      }
      const quietly = ["--no-write-fetch-head", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance"];
      await ask(["fetch", "--quiet", ...quietly, "--", url, ref], url);
    }
    throw failure(["fetch"], "never ended: it changes all the time");
  }
  async function isWhole(commit) {
    return (await git.ask(["rev-list", "--objects", "--quiet", commit])).exitCode === 0;
  }
  async function entriesOf(commit, folder) {
    if (commit === void 0) return [];
    const listed = await git.run(["ls-tree", "-r", "-z", "--long", "--full-tree", commit, "--", folder]);
    return listed.split("\0").flatMap((line) => {
      const [, blob, size, path] = /^100644 blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
      const key = path === void 0 ? void 0 : parseKey(path);
      return key === void 0 ? [] : [{ key, blob, size: Number(size) }];
    });
  }
  async function find(commit, key) {
    const name = keyText(key);
    return (await entriesOf(commit, name)).find((entry) => keyText(entry.key) === name);
  }
  async function publish(edit) {
    const url = await urlFor("push");
    const directory = await mkdtemp(join3(world.temporaryDirectory, "perf-gate-store-"));
    const index = { env: { GIT_INDEX_FILE: join3(directory, "index") } };
    try {
      for (let attempt = 1; ; attempt++) {
        const old = await newest();
        await git.run(old === void 0 ? ["read-tree", "--empty"] : ["read-tree", old], index);
        await edit(index, directory);
        const tree = await git.run(["write-tree"], index);
        if (old !== void 0 && tree === await git.run(["rev-parse", `${old}^{tree}`])) return;
        const commit = await git.run(["commit-tree", "-m", MESSAGE, tree], { env: identity(world.now()) });
        const lease = `--force-with-lease=${ref}:${old ?? ""}`;
        const plain = ["--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no"];
        const push = ["push", "--quiet", ...plain, lease, "--", url, `${commit}:${ref}`];
        const { exitCode, stderr } = await network(push, url);
        if (exitCode === 0) {
          seen = commit;
          return;
        }
        const isLost = LOST.test(stderr) || await newest() !== old;
        if (!isLost || attempt === ATTEMPTS) throw failure(push, `failed (exit code ${exitCode})`, stderr);
        await pause(Math.random() * Math.min(LONGEST_DELAY_MS, 100 * 2 ** attempt));
      }
    } finally {
      await rm2(directory, { recursive: true, force: true });
    }
  }
  async function pause(ms) {
    await sleep(ms, void 0, { signal: world.signal }).catch(() => world.signal.throwIfAborted());
  }
  return {
    place,
    list: async (service) => (await entriesOf(await newest(), `${service}/`)).map(({ key }) => key),
    read: async (key) => {
      const entry = await find(seen, key) ?? await find(await newest(), key);
      if (entry === void 0) return void 0;
      if (entry.size > LARGEST_BUNDLE_BYTES) throw tooLarge(place);
      return git.blob(entry.blob);
    },
    write: (key, bytes) => publish(async (index, directory) => {
      const file = join3(directory, "bundle");
      await writeFile(file, bytes);
      const blob = await git.run(["hash-object", "-w", "--no-filters", "--", file]);
      await git.run(["update-index", "--add", "--cacheinfo", `100644,${blob},${keyText(key)}`], index);
    }),
    remove: async (keys) => {
      if (keys.length === 0 || await newest() === void 0) return;
      await publish(async (index) => {
        for (let i = 0; i < keys.length; i += KEYS_AT_ONCE) {
          const names = keys.slice(i, i + KEYS_AT_ONCE).map(keyText);
          await git.run(["update-index", "--force-remove", "--", ...names], index);
        }
      });
    }
  };
};
var LOST = /stale info|cannot lock ref|failed to update ref|incorrect old value|reference already exists/;
function hintFor(command, stderr) {
  if (/could not read Username|Authentication failed|Permission denied|\b40[13]\b/i.test(stderr)) {
    return command === "push" ? "to save needs the right to push (GitHub: permissions: contents: write), or name a token with baseline.token-env" : "the clone has no credentials for it (GitHub: actions/checkout with persist-credentials), or name a token with baseline.token-env";
  }
  return "see baseline.remote and baseline.data-branch in perf-gate.yml";
}
var basic = (token) => Buffer.from(`x-access-token:${token}`).toString("base64");
function identity(now) {
  const date = `${Math.floor(now.getTime() / 1e3)} +0000`;
  const roles = ["AUTHOR", "COMMITTER"].map((role) => [
    [`GIT_${role}_NAME`, "perf-gate"],
    [`GIT_${role}_EMAIL`, "perf-gate@localhost"],
    [`GIT_${role}_DATE`, date]
  ]);
  return Object.fromEntries(roles.flat());
}

// src/baseline/stores/s3.ts
import { createHash as createHash3 } from "node:crypto";
import { setTimeout as sleep2 } from "node:timers/promises";

// node_modules/aws4fetch/dist/aws4fetch.esm.mjs
var encoder = new TextEncoder();
var HOST_SERVICES = {
  appstream2: "appstream",
  cloudhsmv2: "cloudhsm",
  email: "ses",
  marketplace: "aws-marketplace",
  mobile: "AWSMobileHubService",
  pinpoint: "mobiletargeting",
  queue: "sqs",
  "git-codecommit": "codecommit",
  "mturk-requester-sandbox": "mturk-requester",
  "personalize-runtime": "personalize"
};
var UNSIGNABLE_HEADERS = /* @__PURE__ */ new Set([
  "authorization",
  "content-type",
  "content-length",
  "user-agent",
  "presigned-expires",
  "expect",
  "x-amzn-trace-id",
  "range",
  "connection"
]);
var AwsClient = class {
  constructor({ accessKeyId, secretAccessKey, sessionToken, service, region, cache, retries, initRetryMs }) {
    if (accessKeyId == null) throw new TypeError("accessKeyId is a required option");
    if (secretAccessKey == null) throw new TypeError("secretAccessKey is a required option");
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.sessionToken = sessionToken;
    this.service = service;
    this.region = region;
    this.cache = cache || /* @__PURE__ */ new Map();
    this.retries = retries != null ? retries : 10;
    this.initRetryMs = initRetryMs || 50;
  }
  async sign(input, init) {
    if (input instanceof Request) {
      const { method, url, headers, body } = input;
      init = Object.assign({ method, url, headers }, init);
      if (init.body == null && headers.has("Content-Type")) {
        init.body = body != null && headers.has("X-Amz-Content-Sha256") ? body : await input.clone().arrayBuffer();
      }
      input = url;
    }
    const signer = new AwsV4Signer(Object.assign({ url: input.toString() }, init, this, init && init.aws));
    const signed = Object.assign({}, init, await signer.sign());
    delete signed.aws;
    try {
      return new Request(signed.url.toString(), signed);
    } catch (e) {
      if (e instanceof TypeError) {
        return new Request(signed.url.toString(), Object.assign({ duplex: "half" }, signed));
      }
      throw e;
    }
  }
  async fetch(input, init) {
    for (let i = 0; i <= this.retries; i++) {
      const fetched = fetch(await this.sign(input, init));
      if (i === this.retries) {
        return fetched;
      }
      const res = await fetched;
      if (res.status < 500 && res.status !== 429) {
        return res;
      }
      await new Promise((resolve2) => setTimeout(resolve2, Math.random() * this.initRetryMs * Math.pow(2, i)));
    }
    throw new Error("An unknown error occurred, ensure retries is not negative");
  }
};
var AwsV4Signer = class {
  constructor({ method, url, headers, body, accessKeyId, secretAccessKey, sessionToken, service, region, cache, datetime, signQuery, appendSessionToken, allHeaders, singleEncode }) {
    if (url == null) throw new TypeError("url is a required option");
    if (accessKeyId == null) throw new TypeError("accessKeyId is a required option");
    if (secretAccessKey == null) throw new TypeError("secretAccessKey is a required option");
    this.method = method || (body ? "POST" : "GET");
    this.url = new URL(url);
    this.headers = new Headers(headers || {});
    this.body = body;
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.sessionToken = sessionToken;
    let guessedService, guessedRegion;
    if (!service || !region) {
      [guessedService, guessedRegion] = guessServiceRegion(this.url, this.headers);
    }
    this.service = service || guessedService || "";
    this.region = region || guessedRegion || "us-east-1";
    this.cache = cache || /* @__PURE__ */ new Map();
    this.datetime = datetime || (/* @__PURE__ */ new Date()).toISOString().replace(/[:-]|\.\d{3}/g, "");
    this.signQuery = signQuery;
    this.appendSessionToken = appendSessionToken || this.service === "iotdevicegateway";
    this.headers.delete("Host");
    if (this.service === "s3" && !this.signQuery && !this.headers.has("X-Amz-Content-Sha256")) {
      this.headers.set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
    }
    const params = this.signQuery ? this.url.searchParams : this.headers;
    params.set("X-Amz-Date", this.datetime);
    if (this.sessionToken && !this.appendSessionToken) {
      params.set("X-Amz-Security-Token", this.sessionToken);
    }
    this.signableHeaders = ["host", ...this.headers.keys()].filter((header2) => allHeaders || !UNSIGNABLE_HEADERS.has(header2)).sort();
    this.signedHeaders = this.signableHeaders.join(";");
    this.canonicalHeaders = this.signableHeaders.map((header2) => header2 + ":" + (header2 === "host" ? this.url.host : (this.headers.get(header2) || "").replace(/\s+/g, " "))).join("\n");
    this.credentialString = [this.datetime.slice(0, 8), this.region, this.service, "aws4_request"].join("/");
    if (this.signQuery) {
      if (this.service === "s3" && !params.has("X-Amz-Expires")) {
        params.set("X-Amz-Expires", "86400");
      }
      params.set("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
      params.set("X-Amz-Credential", this.accessKeyId + "/" + this.credentialString);
      params.set("X-Amz-SignedHeaders", this.signedHeaders);
    }
    if (this.service === "s3") {
      try {
        this.encodedPath = decodeURIComponent(this.url.pathname.replace(/\+/g, " "));
      } catch (e) {
        this.encodedPath = this.url.pathname;
      }
    } else {
      this.encodedPath = this.url.pathname.replace(/\/+/g, "/");
    }
    if (!singleEncode) {
      this.encodedPath = encodeURIComponent(this.encodedPath).replace(/%2F/g, "/");
    }
    this.encodedPath = encodeRfc3986(this.encodedPath);
    const seenKeys = /* @__PURE__ */ new Set();
    this.encodedSearch = [...this.url.searchParams].filter(([k]) => {
      if (!k) return false;
      if (this.service === "s3") {
        if (seenKeys.has(k)) return false;
        seenKeys.add(k);
      }
      return true;
    }).map((pair) => pair.map((p) => encodeRfc3986(encodeURIComponent(p)))).sort(([k1, v1], [k2, v2]) => k1 < k2 ? -1 : k1 > k2 ? 1 : v1 < v2 ? -1 : v1 > v2 ? 1 : 0).map((pair) => pair.join("=")).join("&");
  }
  async sign() {
    if (this.signQuery) {
      this.url.searchParams.set("X-Amz-Signature", await this.signature());
      if (this.sessionToken && this.appendSessionToken) {
        this.url.searchParams.set("X-Amz-Security-Token", this.sessionToken);
      }
    } else {
      this.headers.set("Authorization", await this.authHeader());
    }
    return {
      method: this.method,
      url: this.url,
      headers: this.headers,
      body: this.body
    };
  }
  async authHeader() {
    return [
      "AWS4-HMAC-SHA256 Credential=" + this.accessKeyId + "/" + this.credentialString,
      "SignedHeaders=" + this.signedHeaders,
      "Signature=" + await this.signature()
    ].join(", ");
  }
  async signature() {
    const date = this.datetime.slice(0, 8);
    const cacheKey = [this.secretAccessKey, date, this.region, this.service].join();
    let kCredentials = this.cache.get(cacheKey);
    if (!kCredentials) {
      const kDate = await hmac("AWS4" + this.secretAccessKey, date);
      const kRegion = await hmac(kDate, this.region);
      const kService = await hmac(kRegion, this.service);
      kCredentials = await hmac(kService, "aws4_request");
      this.cache.set(cacheKey, kCredentials);
    }
    return buf2hex(await hmac(kCredentials, await this.stringToSign()));
  }
  async stringToSign() {
    return [
      "AWS4-HMAC-SHA256",
      this.datetime,
      this.credentialString,
      buf2hex(await hash(await this.canonicalString()))
    ].join("\n");
  }
  async canonicalString() {
    return [
      this.method.toUpperCase(),
      this.encodedPath,
      this.encodedSearch,
      this.canonicalHeaders + "\n",
      this.signedHeaders,
      await this.hexBodyHash()
    ].join("\n");
  }
  async hexBodyHash() {
    let hashHeader = this.headers.get("X-Amz-Content-Sha256") || (this.service === "s3" && this.signQuery ? "UNSIGNED-PAYLOAD" : null);
    if (hashHeader == null) {
      if (this.body && typeof this.body !== "string" && !("byteLength" in this.body)) {
        throw new Error("body must be a string, ArrayBuffer or ArrayBufferView, unless you include the X-Amz-Content-Sha256 header");
      }
      hashHeader = buf2hex(await hash(this.body || ""));
    }
    return hashHeader;
  }
};
async function hmac(key, string) {
  const cryptoKey = await crypto.subtle.importKey(
    "raw",
    typeof key === "string" ? encoder.encode(key) : key,
    { name: "HMAC", hash: { name: "SHA-256" } },
    false,
    ["sign"]
  );
  return crypto.subtle.sign("HMAC", cryptoKey, encoder.encode(string));
}
async function hash(content) {
  return crypto.subtle.digest("SHA-256", typeof content === "string" ? encoder.encode(content) : content);
}
var HEX_CHARS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f"];
function buf2hex(arrayBuffer) {
  const buffer = new Uint8Array(arrayBuffer);
  let out = "";
  for (let idx = 0; idx < buffer.length; idx++) {
    const n = buffer[idx];
    out += HEX_CHARS[n >>> 4 & 15];
    out += HEX_CHARS[n & 15];
  }
  return out;
}
function encodeRfc3986(urlEncodedStr) {
  return urlEncodedStr.replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
}
function guessServiceRegion(url, headers) {
  const { hostname, pathname } = url;
  if (hostname.endsWith(".on.aws")) {
    const match2 = hostname.match(/^[^.]{1,63}\.lambda-url\.([^.]{1,63})\.on\.aws$/);
    return match2 != null ? ["lambda", match2[1] || ""] : ["", ""];
  }
  if (hostname.endsWith(".r2.cloudflarestorage.com")) {
    return ["s3", "auto"];
  }
  if (hostname.endsWith(".backblazeb2.com")) {
    const match2 = hostname.match(/^(?:[^.]{1,63}\.)?s3\.([^.]{1,63})\.backblazeb2\.com$/);
    return match2 != null ? ["s3", match2[1] || ""] : ["", ""];
  }
  const match = hostname.replace("dualstack.", "").match(/([^.]{1,63})\.(?:([^.]{0,63})\.)?amazonaws\.com(?:\.cn)?$/);
  let service = match && match[1] || "";
  let region = match && match[2];
  if (region === "us-gov") {
    region = "us-gov-west-1";
  } else if (region === "s3" || region === "s3-accelerate") {
    region = "us-east-1";
    service = "s3";
  } else if (service === "iot") {
    if (hostname.startsWith("iot.")) {
      service = "execute-api";
    } else if (hostname.startsWith("data.jobs.iot.")) {
      service = "iot-jobs-data";
    } else {
      service = pathname === "/mqtt" ? "iotdevicegateway" : "iotdata";
    }
  } else if (service === "autoscaling") {
    const targetPrefix = (headers.get("X-Amz-Target") || "").split(".")[0];
    if (targetPrefix === "AnyScaleFrontendService") {
      service = "application-autoscaling";
    } else if (targetPrefix === "AnyScaleScalingPlannerFrontendService") {
      service = "autoscaling-plans";
    }
  } else if (region == null && service.startsWith("s3-")) {
    region = service.slice(3).replace(/^fips-|^external-1/, "");
    service = "s3";
  } else if (service.endsWith("-fips")) {
    service = service.slice(0, -5);
  } else if (region && /-\d$/.test(service) && !/-\d$/.test(region)) {
    [service, region] = [region, service];
  }
  return [HOST_SERVICES[service] || service, region || ""];
}

// src/baseline/stores/s3.ts
var ATTEMPTS2 = 4;
var FIRST_DELAY_MS = 200;
var LONGEST_DELAY_MS2 = 1e4;
var TIMEOUT_MS3 = 6e4;
var MOST_PAGES = 100;
var LARGEST_PAGE_BYTES = 1e7;
var CREDENTIALS = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID"];
var s3Store = ({ bucket, prefix, region: writtenRegion, endpoint: written }, { world }) => {
  const { env, signal } = world;
  const region = writtenRegion ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? "us-east-1";
  const endpoint = written ?? env["AWS_ENDPOINT_URL_S3"] ?? env["AWS_ENDPOINT_URL"] ?? `https://s3.${region}.amazonaws.com`;
  const root = `${endpoint.replace(/\/+$/, "")}/${bucket}`;
  const place = `the bucket ${bucket} at ${redact(endpoint)}`;
  const inBucket = (name) => prefix === "" ? name : `${prefix}/${name}`;
  world.secrets.add(...CREDENTIALS.map((name) => env[name] ?? ""));
  async function ask(request) {
    const client = clientFor(env, region);
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const last = attempt === ATTEMPTS2;
      let delayMs = FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
      try {
        const answer = await askOnce(client, request);
        if (last || !isTemporary(answer.status)) return answer;
        delayMs = Math.max(delayMs, Number(answer.headers.get("retry-after") ?? 0) * 1e3 || 0);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof StoreError) throw error;
        if (last) throw noAnswer(error);
      }
      await sleep2(Math.min(delayMs, LONGEST_DELAY_MS2), void 0, { signal }).catch(() => signal.throwIfAborted());
    }
  }
  async function askOnce(client, { method, object, query, headers, body, largestBytes }) {
    const url = new URL(object === "" ? root : `${root}/${object}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const digest = createHash3("sha256").update(body ?? "").digest("hex");
    const late = AbortSignal.timeout(TIMEOUT_MS3);
    const signed = await client.sign(url, {
      method,
      headers: { ...headers, "x-amz-content-sha256": digest },
      ...body === void 0 ? {} : { body },
      // A redirection would take the signature to another server, where it is not valid.
      redirect: "manual",
      signal: AbortSignal.any([signal, late])
    });
    try {
      const response = await fetch(signed);
      return { status: response.status, headers: response.headers, body: await readBody(response, largestBytes) };
    } catch (error) {
      if (late.aborted) throw new Error(`it took longer than ${TIMEOUT_MS3 / 1e3} s`, { cause: error });
      throw error;
    }
  }
  async function readBody(response, largestBytes) {
    const chunks = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > largestBytes) throw tooLarge(place);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
  function noAnswer(error) {
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    return new StoreError(`${place} does not answer: ${world.secrets.clean(plainText(cause))}`, {
      cause: error,
      hint: "see baseline.endpoint in perf-gate.yml"
    });
  }
  function refused({ status, headers, body }) {
    const xml = Buffer.from(body).toString("utf8");
    const [code = "", message = ""] = ["Code", "Message"].map((tag) => textsIn(xml, tag)[0] ?? "");
    const said = world.secrets.clean(plainText([code, message].filter((part) => part !== "").join(": ")));
    const other = headers.get("x-amz-bucket-region");
    const hint = other !== null && other !== region ? `the bucket is in ${plainText(other)}: write it as baseline.region` : status === 403 ? "the credentials need s3:ListBucket, s3:GetObject, and to save s3:PutObject and s3:DeleteObject" : "see baseline in perf-gate.yml";
    return new StoreError(`${place} refuses (${status}): ${said || "without a reason"}`, { hint });
  }
  return {
    place,
    list: async (service) => {
      const keys = [];
      let token;
      for (let page = 0; page < MOST_PAGES; page++) {
        const from = token === void 0 ? {} : { "continuation-token": token };
        const query = { "list-type": "2", prefix: inBucket(`${service}/`), ...from };
        const answer = await ask({ method: "GET", object: "", query, largestBytes: LARGEST_PAGE_BYTES });
        if (answer.status !== 200) throw refused(answer);
        const xml = Buffer.from(answer.body).toString("utf8");
        if (!/<ListBucketResult[\s>]/.test(xml)) throw new StoreError(`${place} does not answer as S3 does`);
        for (const name of textsIn(xml, "Key")) {
          const key = name.startsWith(inBucket("")) ? parseKey(name.slice(inBucket("").length)) : void 0;
          if (key?.service === service) keys.push(key);
        }
        token = textsIn(xml, "IsTruncated")[0] === "true" ? textsIn(xml, "NextContinuationToken")[0] : void 0;
        if (token === void 0) return keys;
      }
      throw new StoreError(`${place} lists more than ${MOST_PAGES} pages of ${service}`, {
        hint: "perf-gate baseline prune removes old ones"
      });
    },
    read: async (key) => {
      const object = inBucket(keyText(key));
      const answer = await ask({ method: "GET", object, largestBytes: LARGEST_BUNDLE_BYTES });
      if (answer.status === 200) return answer.body;
      if (answer.status === 404 && textsIn(Buffer.from(answer.body).toString("utf8"), "Code")[0] !== "NoSuchBucket")
        return void 0;
      throw refused(answer);
    },
    write: async (key, bytes) => {
      const put = (headers) => ask({ method: "PUT", object: inBucket(keyText(key)), headers, body: bytes, largestBytes: LARGEST_PAGE_BYTES });
      const made = await put({ "if-none-match": "*" });
      const answer = made.status === 501 ? await put({}) : made;
      if (answer.status !== 200 && answer.status !== 412) throw refused(answer);
    },
    remove: async (keys) => {
      for (const key of keys) {
        const object = inBucket(keyText(key));
        const answer = await ask({ method: "DELETE", object, largestBytes: LARGEST_PAGE_BYTES });
        if (![200, 204, 404].includes(answer.status)) throw refused(answer);
      }
    }
  };
};
function clientFor(env, region) {
  const [accessKeyId, secretAccessKey] = [env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"]];
  if (!accessKeyId || !secretAccessKey) {
    throw new StoreError("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set", {
      hint: "the store s3 needs them, and AWS_SESSION_TOKEN where they are temporary"
    });
  }
  const sessionToken = env["AWS_SESSION_TOKEN"];
  return new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", ...sessionToken && { sessionToken } });
}
var isTemporary = (status) => status === 409 || status === 429 || status >= 500 && status !== 501;
var ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
function textsIn(xml, tag) {
  return [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g"))].map(
    ([, text2 = ""]) => text2.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
      if (name !== void 0) return ENTITIES[name] ?? all;
      const code = Number.parseInt(hex ?? decimal, hex === void 0 ? 10 : 16);
      return code <= 1114111 ? String.fromCodePoint(code) : all;
    })
  );
}

// src/baseline/stores.ts
var stores = {
  git: gitStore,
  directory: directoryStore,
  s3: s3Store,
  exec: execStore
};
function openStore(config, context) {
  const open2 = stores[config.kind];
  return open2(config, context);
}

export {
  ago,
  compactTime,
  isoTime,
  newestFirst,
  fingerprintDigest,
  packBundle,
  unpackBundle,
  writeBundle,
  openStore
};
