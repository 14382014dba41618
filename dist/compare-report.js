import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/compare/report.ts
var REPORT_SCHEMA = 1;
var VERDICTS = ["pass", "fail", "inconclusive", "invalid"];
var WORST_FIRST = ["fail", "invalid", "inconclusive", "pass"];
var worstOf = (reports) => WORST_FIRST.find((name) => reports.some(({ verdict }) => verdict === name)) ?? "invalid";

export {
  REPORT_SCHEMA,
  VERDICTS,
  WORST_FIRST,
  worstOf
};
