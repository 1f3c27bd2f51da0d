/** The forms of RFCs: their fields as people see them, what stands in them at first, and what they mean (C1). */
import { choice, line, maybe, paragraph, person, type RawAnswers, records, time } from '../chat/form.ts';
import type { Reply } from '../chat/port.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import type { Conversation } from '../chat/registry.ts';
import { timeField } from '../chat/time-words.ts';
import type { Instant } from '../core/instant.ts';
import type { PersonId, RecordId } from '../core/record.ts';
import { unknownAmong } from '../core/records.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { LABELS, type Start, wrongWith } from './fields.ts';
import { CHANGE_TYPES, type ChangeType, type FieldName, type Fields, PRIORITIES, type Priority } from './rfc.ts';

const WHEN = 'for example tomorrow 22:00, in 30m, 2027-01-31 22:00';
const SOME_LINES = { most: 500 } as const;

/** In the order in which they are asked, five at a time where a platform asks in steps. */
export const rfcFields = {
  title: line(LABELS.title, { hint: 'what changes, in a few words' }),
  description: paragraph(LABELS.description, { hint: 'what is done, and why' }),
  type: choice(LABELS.type, CHANGE_TYPES),
  priority: choice(LABELS.priority, PRIORITIES),
  category: maybe(line(LABELS.category, { hint: 'for example network' })),
  items: maybe(line(LABELS.items, { ...SOME_LINES, hint: 'systems and services, separated by commas' })),
  risk: line(LABELS.risk, { ...SOME_LINES, hint: 'what can go wrong, and how likely it is' }),
  impact: maybe(line(LABELS.impact, { ...SOME_LINES, hint: 'who notices it, and how' })),
  benefit: maybe(line(LABELS.benefit, SOME_LINES)),
  plan: maybe(paragraph(LABELS.plan)),
  backout: paragraph(LABELS.backout, { hint: 'how to return to the state before' }),
  start: time(LABELS.start, { hint: WHEN }),
  end: time(LABELS.end, { hint: WHEN }),
  owner: maybe(person(LABELS.owner, { hint: 'you, if left empty' })),
  implementer: maybe(person(LABELS.implementer, { hint: 'the change owner, if left empty' })),
  links: maybe(records(LABELS.links, { hint: 'INC-1 PRB-2; needed for an emergency' })),
};

/** What may be left as it is when editing: an RFC of a short form may still lack it. */
export const editFields = { ...rfcFields, risk: maybe(rfcFields.risk), end: maybe(rfcFields.end) };

/** Five fields, for three in the morning. */
export const emergencyFields = {
  title: rfcFields.title,
  incident: records('Linked incident', { hint: 'INC-1' }),
  work: paragraph('What you will do'),
  backout: paragraph('How to go back'),
  start: time(LABELS.start, { hint: 'now, in 30m, 22:00' }),
};

export const alreadyFields = {
  title: rfcFields.title,
  incident: records('Linked incident', { hint: 'INC-1' }),
  work: paragraph('What was done'),
  backout: paragraph('How to go back'),
  start: time('Made at', { hint: 'now, today 03:10, 2027-01-31 03:10' }),
};

export interface FormAnswers {
  readonly title: string;
  readonly description: string;
  readonly type: ChangeType;
  readonly priority: Priority;
  readonly category?: string | undefined;
  readonly items?: string | undefined;
  readonly risk?: string | undefined;
  readonly impact?: string | undefined;
  readonly benefit?: string | undefined;
  readonly plan?: string | undefined;
  readonly backout: string;
  readonly start: Instant;
  readonly end?: Instant | undefined;
  readonly owner?: PersonId | undefined;
  readonly implementer?: PersonId | undefined;
  readonly links?: readonly RecordId[] | undefined;
}

/** The fields that a filled-in form means; `requester` owns the change unless another is named. */
export function fieldsOf(answers: FormAnswers, requester: PersonId): Fields {
  const { title, description, type, priority, backout, start, end } = answers;
  const { category = '', items = '', risk = '', impact = '', benefit = '', plan = '', links = [] } = answers;
  const owner = answers.owner ?? requester;
  const implementer = answers.implementer ?? owner;
  const texts = { title, description, category, items, risk, impact, benefit, plan, backout };
  return { ...texts, type, priority, start, ...(end === undefined ? {} : { end }), owner, implementer, links };
}

export interface ShortAnswers {
  readonly title: string;
  readonly incident: readonly RecordId[];
  readonly work: string;
  readonly backout: string;
  readonly start: Instant;
}

/** The fields that a short form means: an emergency whose risk and end are asked for later. */
export const shortFieldsOf = ({ title, incident, work, backout, start }: ShortAnswers, requester: PersonId): Fields =>
  fieldsOf({ title, description: work, type: 'emergency', priority: 'emergency', backout, start, links: incident }, requester);

/**
 * What an edit form asks to change. A time that the form shows as before is unchanged: forms have no seconds. What is left empty
 * among the fields that are needed stays as it is.
 */
export function editOf(answers: FormAnswers, before: Fields, requester: PersonId, zone: string): Partial<Fields> {
  const { risk, start, end, ...wanted } = fieldsOf(answers, requester);
  const moved = (to: Instant | undefined, from: Instant | undefined): to is Instant =>
    to !== undefined && (from === undefined || timeField(to, zone) !== timeField(from, zone));
  return {
    ...wanted,
    ...(risk === '' ? {} : { risk }),
    ...(moved(start, before.start) ? { start } : {}),
    ...(moved(end, before.end) ? { end } : {}),
  };
}

/** What stands in an edit form at first. */
export function initialOf(fields: Fields, zone: string): RawAnswers {
  const { start, end, links, ...rest } = fields;
  return {
    ...rest,
    start: timeField(start, zone),
    ...(end === undefined ? {} : { end: timeField(end, zone) }),
    links: links.join(' '),
  };
}

/** What stands in the form of a copy: everything but the window, which is another one. */
export function copyOf(fields: Fields, zone: string): RawAnswers {
  const { start: _start, end: _end, ...rest } = initialOf(fields, zone);
  return rest;
}

const MOST_LINKS = 25;

/** The form shown again with what is to be mended: a window that cannot be, a linked record that does not exist. */
export async function mended(
  c: Conversation,
  fields: Fields,
  where: Start,
  names: Readonly<Partial<Record<FieldName, string>>> = {},
): Promise<Reply | undefined> {
  const mend = (field: FieldName, refusal: Refusal): Reply => ({
    kind: 'mend',
    fields: { [names[field] ?? field]: plainWords(refusalWords(refusal)) },
  });
  const wrong = wrongWith(fields, where, await c.now());
  if (wrong) return mend(wrong.field, wrong.refusal);
  if (fields.links.length > MOST_LINKS) {
    return mend('links', refuse('too-many-links', { links: fields.links.length, most: MOST_LINKS }));
  }
  const unknown = await unknownAmong(c.db, fields.links, c.me);
  return unknown && mend('links', unknown);
}
