/** What the names of flags, variables and parameters are made of. Pure. */

/** The words of a name, in lower case: `listenAddr`, `LISTEN_ADDR` and `listen-addr` are all ['listen', 'addr']. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
