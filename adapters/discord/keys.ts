/** What travels in Discord's custom ids: at most 100 characters, and never more than a routing key. */
import type { Control } from '../../src/chat/card.ts';
import type { Form, RawAnswers } from '../../src/chat/form.ts';

const SEPARATOR = '|';

/** What a press says: which button, on which record, and how the record stood. */
export interface Press {
  readonly action: string;
  readonly record: string;
  readonly value?: string;
}

/** `ballot.approve|RFC-7|3`. The value comes last and may hold anything. */
export const buttonKey = ({ action, record, value }: Pick<Control, 'action' | 'record' | 'value'>): string =>
  [action, record, ...(value === undefined ? [] : [value])].join(SEPARATOR);

/** The parts of a button's key. */
export function pressOf(key: string): Press {
  const [action = '', record = '', ...value] = key.split(SEPARATOR);
  return { action, record, ...(value.length > 0 ? { value: value.join(SEPARATOR) } : {}) };
}

/** What a modal says when it comes back, besides what was filled in. */
export interface Opened {
  readonly doing: string;
  readonly input: RawAnswers;
  readonly draft?: string;
  readonly step: number;
}

/** `rfc edit|1||record=RFC-1`. Where there is a draft it holds the input, and the key stays short. */
export function modalKey({ doing, input, draft, step = 1 }: Pick<Form, 'doing' | 'input' | 'draft' | 'step'>): string {
  return [doing, step, draft ?? '', draft === undefined ? new URLSearchParams(input).toString() : ''].join(SEPARATOR);
}

/** The parts of a modal's key. */
export function openedOf(key: string): Opened {
  const [doing = '', step = '1', draft = '', ...input] = key.split(SEPARATOR);
  return {
    doing,
    step: Number(step) || 1,
    input: Object.fromEntries(new URLSearchParams(input.join(SEPARATOR))),
    ...(draft === '' ? {} : { draft }),
  };
}
