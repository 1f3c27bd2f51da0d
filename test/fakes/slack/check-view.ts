import { blockProblems } from './check-blocks.ts';
import { isObject, type Json, type JsonObject, objects, text, words } from './json.ts';
import { LIMITS } from './limits.ts';

function titleProblems(view: JsonObject, part: string, most: number, required: boolean): string[] {
  const value = view[part];
  if (value === undefined || value === null) return required ? [`missing required field: ${part} [json-pointer:/view]`] : [];
  if (!isObject(value) || value.type !== 'plain_text') return [`must be a plain_text object [json-pointer:/view/${part}]`];
  const length = words(value).length;
  if (length === 0) return [`must be more than 0 characters [json-pointer:/view/${part}/text]`];
  return length > most ? [`must be less than ${most + 1} characters [json-pointer:/view/${part}/text]`] : [];
}

function lengthProblems(view: JsonObject, part: string, most: number): string[] {
  const value = view[part];
  if (value === undefined || value === null || value === '') return [];
  if (typeof value !== 'string') return [`must be a string [json-pointer:/view/${part}]`];
  return value.length > most ? [`must be less than ${most + 1} characters [json-pointer:/view/${part}]`] : [];
}

/** Everything that Slack would refuse in this view, worded as it words it; empty when it is fine. */
export function viewProblems(view: Json | undefined, expected: 'modal' | 'home'): string[] {
  if (!isObject(view)) return ['must be an object [json-pointer:/view]'];
  if (view.type !== expected) return [`must be ${expected} [json-pointer:/view/type]`];
  const problems = [
    ...blockProblems(view.blocks, expected, '/view/blocks'),
    ...lengthProblems(view, 'callback_id', LIMITS.callbackId),
    ...lengthProblems(view, 'external_id', LIMITS.externalId),
    ...lengthProblems(view, 'private_metadata', LIMITS.privateMetadata),
  ];
  if (expected === 'home') return problems;
  problems.push(
    ...titleProblems(view, 'title', LIMITS.viewTitle, true),
    ...titleProblems(view, 'submit', LIMITS.viewSubmit, false),
    ...titleProblems(view, 'close', LIMITS.viewClose, false),
  );
  const asks = objects(view.blocks).some((block) => text(block.type) === 'input');
  if (asks && !isObject(view.submit)) problems.push('missing required field: submit [json-pointer:/view]');
  return problems;
}
