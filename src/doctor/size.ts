/** Sizes of memory and disks for people: `3.9 GB`, `620 MB`. Decimal, as disks are sold. */
export function formatSize(bytes: number): string {
  if (bytes >= 9.95e9) return `${Math.round(bytes / 1e9)} GB`;
  if (bytes >= 0.9995e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${Math.round(bytes / 1e6)} MB`;
}
