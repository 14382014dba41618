/** Values of any shape, read as the shape that is hoped for: empty where it is another, which the schema tells. */

export type Fields = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asMap = (value: unknown): Fields => (isMap(value) ? value : {});

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
