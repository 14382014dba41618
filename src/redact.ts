/** Takes secrets out of what other programs and servers say, before a person or a log sees it. */

/** The text with user and password of URLs and the given secrets replaced by `***`. */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let clean = text.replace(/(\w:\/\/)[^/@\s'"]+@/g, '$1***@');
  for (const secret of secrets) if (secret) clean = clean.replaceAll(secret, '***');
  return clean;
}
