import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  MAX_LENGTH,
  formats,
  renderJsonOfAll,
  renderMarkdownSummary,
  renderSuites
} from "./report-markdown.js";
import {
  renderTextSummary
} from "./report-story.js";

// src/report/several.ts
function renderSeveral(reports, format, options = {}) {
  const [first] = reports;
  if (first !== void 0 && reports.length === 1) return formats[format](first, options);
  switch (format) {
    case "json":
      return renderJsonOfAll(reports);
    case "junit":
      return renderSuites(reports);
    case "text":
      return [renderTextSummary(reports, options), ...reports.map((report) => formats.text(report, options))].join(
        "\n"
      );
    case "markdown": {
      const summary = renderMarkdownSummary(reports);
      const all = (options.maxLength ?? MAX_LENGTH) - summary.length;
      const maxLength = Math.max(0, Math.floor(all / reports.length) - 1);
      return [summary, ...reports.map((report) => formats.markdown(report, { maxLength }))].join("\n");
    }
  }
}

export {
  renderSeveral
};
