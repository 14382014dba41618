/** The formats of a report. One more is one file and one line here. */
import type { Report } from '../compare/report.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { type MarkdownOptions, renderMarkdown } from './markdown.ts';
import { renderText, type TextOptions } from './text.ts';

export type RenderOptions = TextOptions & MarkdownOptions;

/** A document from a report, ending in an end of line; options that a format does not know are nothing to it. */
export type Renderer = (report: Report, options?: RenderOptions) => string;

export type FormatName = 'text' | 'markdown' | 'json' | 'junit';

export const formats: Readonly<Record<FormatName, Renderer>> = {
  text: renderText,
  markdown: renderMarkdown,
  json: renderJson,
  junit: renderJunit,
};
