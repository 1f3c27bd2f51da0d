/** Replies to updates by mail: what somebody outside wrote becomes a question. */
import { placeOf } from '../chat/port.ts';
import { contentHash } from '../core/journal.ts';
import { BELLMAN, type RecordId } from '../core/record.ts';
import { isRefusal } from '../core/refusal.ts';
import type { Transact } from '../core/transact.ts';
import { type AnswersCommand, answers } from './answers.ts';
import { type Envelope, isAutomatic, ownWords } from './mail-text.ts';

/** A mail that came in as an answer to an update. */
export interface MailReply extends Envelope {
  readonly record: RecordId;
  /** The update that it answers. */
  readonly update: string;
  /** Its plain text, with whatever it quotes. */
  readonly text: string;
  /** Its Message-ID: a mail that comes again is the same question. */
  readonly messageId: string;
}

/** What became of it: a new question, one that is known, nothing to answer, or not taken, with the refusal's code. */
export type MailTaken = 'asked' | 'known' | 'automatic' | 'empty' | { readonly refused: string };

/** Hands a mail in as a question of somebody outside. Rejects when the records cannot be reached: then it is to be handed in again. */
export async function takeMail(transact: Transact, mail: MailReply): Promise<MailTaken> {
  if (isAutomatic(mail)) return 'automatic';
  const text = ownWords(mail.text);
  if (text === '') return 'empty';
  const place = placeOf({ platform: 'email', kind: 'address', id: mail.from.trim().toLowerCase() });
  const command: AnswersCommand = { type: 'ask', update: mail.update, text, place, mail: mail.messageId };
  const inbound = { key: `mail:${contentHash(mail.messageId)}`, reply: () => ({}) };
  const [outcome] = await transact([{ record: mail.record, part: answers.name, command, by: BELLMAN, inbound }]);
  if (!outcome || 'superseded' in outcome || 'repeated' in outcome) return 'known';
  if (isRefusal(outcome)) return { refused: outcome.refused };
  return outcome.events.length === 0 ? 'known' : 'asked';
}
