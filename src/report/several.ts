/**
 * One document of several reports, in every format: what a machine reads stays one JSON value or one XML element, what a
 * person reads begins with a line that sums up.
 */
import type { Report } from '../compare/report.ts';
import { type FormatName, formats, type RenderOptions } from './formats.ts';
import { renderJsonOfAll } from './json.ts';
import { renderSuites } from './junit.ts';
import { MAX_LENGTH, renderMarkdownSummary } from './markdown.ts';
import { renderTextSummary } from './text.ts';

/** The reports in their order; one alone is that report as it is. */
export function renderSeveral(reports: readonly Report[], format: FormatName, options: RenderOptions = {}): string {
  const [first] = reports;
  if (first !== undefined && reports.length === 1) return formats[format](first, options);
  switch (format) {
    case 'json':
      return renderJsonOfAll(reports);
    case 'junit':
      return renderSuites(reports);
    case 'text':
      return [renderTextSummary(reports, options), ...reports.map((report) => formats.text(report, options))].join(
        '\n',
      );
    case 'markdown': {
      const summary = renderMarkdownSummary(reports);
      // They share the room.
      const all = (options.maxLength ?? MAX_LENGTH) - summary.length;
      const maxLength = Math.max(0, Math.floor(all / reports.length) - 1);
      return [summary, ...reports.map((report) => formats.markdown(report, { maxLength }))].join('\n');
    }
  }
}
