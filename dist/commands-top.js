import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  tableOf
} from "./profile-runtime-groups.js";
import {
  decodeProfile
} from "./profile-decode.js";
import {
  listed
} from "./base-text.js";
import {
  EXIT,
  UserError
} from "./base-errors.js";
import "./empty.js";

// src/commands/top.ts
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";

// src/report/top.ts
function renderTop(table, { unit = table.type.unit, sort, limit }) {
  const order = table.rows.toSorted((a, b) => {
    const [x, y] = sort === "flat" ? [a.flat, b.flat] : [a.cum, b.cum];
    return Math.abs(y) - Math.abs(x) || Math.abs(b.cum) - Math.abs(a.cum) || (a.name < b.name ? -1 : 1);
  });
  const rows = order.slice(0, limit);
  const shown = rows.reduce((sum2, { flat }) => sum2 + flat, 0);
  const amount = (value) => formatAmount(value, unit);
  const share = (value) => formatShare(value, table.total);
  const lines = [`Type: ${table.type.type}`];
  lines.push(`Showing nodes accounting for ${amount(shown)}, ${share(shown).trim()} of ${amount(table.total)} total`);
  if (table.dropped > 0) lines.push(`Left out ${amount(table.dropped)} of the measurement's own work`);
  if (rows.length < table.rows.length) lines.push(`Showing top ${rows.length} nodes out of ${table.rows.length}`);
  lines.push(`${"flat".padStart(12)}  flat%   sum% ${"cum".padStart(12)}   cum%`);
  let sum = 0;
  for (const { name, flat, cum } of rows) {
    sum += flat;
    const figures = [amount(flat).padStart(12), share(flat), share(sum), amount(cum).padStart(12), share(cum)];
    lines.push(`${figures.join(" ")}  ${printable(name)}`);
  }
  return lines.map((line) => `${line}
`).join("");
}
function formatAmount(value, unit) {
  const steps = UNITS[unit.toLowerCase().replace(/s$/, "")];
  if (steps === void 0) return String(value).replace(/\B(?=(\d{3})+$)/g, " ");
  const [name, factor] = steps.findLast(([, size]) => Math.abs(value) >= size) ?? steps[0];
  return `${(value / factor).toFixed(2).replace(/\.00$/, "")}${value === 0 ? "" : name}`;
}
var UNITS = {
  nanosecond: [
    ["ns", 1],
    ["us", 1e3],
    ["ms", 1e6],
    ["s", 1e9]
  ],
  byte: [
    ["B", 1],
    ["kB", 1024],
    ["MB", 1024 ** 2],
    ["GB", 1024 ** 3],
    ["TB", 1024 ** 4]
  ]
};
function formatShare(value, total) {
  const percent = total === 0 ? 0 : Math.abs(value / total) * 100;
  if (percent === 0) return "    0%";
  if (percent < 5e-3) return "<0.01%";
  return percent >= 99.95 && percent <= 100.05 ? "  100%" : `${percent.toFixed(2).padStart(5)}%`;
}
function printable(name) {
  return name.replace(new RegExp("\\p{Cc}", "gu"), " ");
}

// src/commands/top.ts
var LARGEST_FILE_BYTES = 256e6;
var top = async ({ values, positionals }, world) => {
  const { sort } = values;
  const limit = values.limit === void 0 ? void 0 : Number(values.limit);
  if (limit !== void 0 && !(Number.isInteger(limit) && limit > 0))
    throw new UserError(`--limit is a whole number from 1 on, not "${values.limit}"`);
  const path = resolve(world.cwd, positionals[0]);
  const about = await stat(path).catch((cause) => {
    throw new UserError(`cannot read ${positionals[0]}: ${cause.message}`, { cause });
  });
  if (!about.isFile()) throw new UserError(`${positionals[0]} is not a file`);
  if (about.size > LARGEST_FILE_BYTES)
    throw new UserError(`${positionals[0]} is larger than ${LARGEST_FILE_BYTES / 1e6} MB`);
  const profile = decodeProfile(await readFile(path), positionals[0]);
  const type = values.type ?? (profile.defaultSampleType || profile.sampleTypes.at(-1)?.type) ?? "";
  const types = profile.sampleTypes.map((known) => known.type);
  if (values.type !== void 0 && !types.includes(values.type)) {
    throw new UserError(`${positionals[0]} has no values of type "${values.type}"`, {
      hint: `--type takes ${listed(types, "or")}`
    });
  }
  const table = tableOf(profile, { type });
  world.stdout.write(renderTop(table, { sort, ...limit === void 0 ? {} : { limit } }));
  return EXIT.pass;
};
export {
  top
};
