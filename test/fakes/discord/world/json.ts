/** A JSON object whose fields nobody has checked yet. */
export type Fields = Record<string, unknown>;

/** Whether a value is a JSON object, and not a list or null. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, or an empty one. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The value as a list, or an empty one. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; anything else in it is left out. */
export function objectsOf(value: unknown): Fields[] {
  return listOf(value).filter(isFields);
}

/** The value as text; anything but a string counts as empty. */
export function textOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The length Discord counts: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  return [...text].length;
}
