/** What can travel as JSON. Everything that arrives from outside has this type until it was looked at. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** Whether the value is a JSON object, which an array is not. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is something else. */
export function object(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as text; empty when it is something else. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The objects of a list; nothing when it is not a list. */
export function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The words of a text object such as `{type: 'plain_text', text: 'Approve'}`. */
export function words(value: unknown): string {
  return text(object(value).text);
}

/** Parses JSON; undefined when it is not JSON. */
export function parse(source: string): Json | undefined {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

/** Takes undefined members out, as JSON itself would, so that an object literal may hold optional parts. */
export function compact(members: Record<string, Json | undefined>): JsonObject {
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(members)) if (value !== undefined) kept[key] = value;
  return kept;
}

/** Every piece of text inside a block, in reading order: what a person can see. */
export function visibleText(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(visibleText);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const readable = key === 'text' || key === 'alt_text' || key === 'title' || key === 'name';
    if (typeof member === 'string') return readable ? [member] : [];
    return key === 'value' ? [] : visibleText(member);
  });
}
