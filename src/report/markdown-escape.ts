/**
 * Other people's text in GitHub's Markdown: shown as it is, never obeyed. GitHub looks for mentions, references and
 * addresses in the finished page, where a backslash does not help any more: those get an invisible break.
 */

/** A code span. Its fence is longer than any run of backticks inside, so nothing ends it early. */
export function codeSpan(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // CommonMark 6.1 takes one space off each end, if both have one and there is anything else.
  const padding = /^`|`$|^ .*[^ ].* $/.test(text) ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** Zero-width space. */
const BREAK = '\u200B';

/** Text of a paragraph, a list item or an HTML block, in the middle of a line or at its start. */
export function escapeProse(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // Math: GitHub looks for it before Markdown is read.
      .replaceAll('$', '&#36;')
      .replaceAll(/[\\`*_[\]|~!]/g, '\\$&')
      .replaceAll('@', `@${BREAK}`)
      .replaceAll(/#(?!36;)/g, `#${BREAK}`)
      .replaceAll(/(GH-)(?=\d)/gi, `$1${BREAK}`)
      .replaceAll(/:\/\//g, `:${BREAK}//`)
      .replaceAll(/(www)\./gi, `$1${BREAK}.`)
      // What would begin a list, a heading or a rule.
      .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
      .replace(/^[-+=]/, '\\$&')
  );
}
