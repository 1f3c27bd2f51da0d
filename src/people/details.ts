/** How somebody can be reached besides the chat, and in which language and zone they read (M1). Kept where it can be erased. */
import { accept, type Context, type Decision, type PersonId, requireRole } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { addressOf, phoneOf } from './csv.ts';
import { languageOf, zoneOf } from './locale.ts';

/** An empty text: not known. */
export interface Details {
  readonly email: string;
  readonly phone: string;
  readonly language: string;
  /** IANA; wins over what a chat platform says. */
  readonly zone: string;
}

export type DetailsCommand = { readonly type: 'set-details'; readonly person: PersonId } & {
  readonly [K in keyof Details]?: string | undefined;
};

/** Everything about the person is `words`; that their details changed is not. */
export type DetailsEvent = { readonly type: 'details-set'; readonly person: PersonId; readonly words: Details };

/**
 * What is left out is forgotten: the whole form is given. For the person, admins and communications only.
 * Refuses `role-needed`, `wrong-address`, `wrong-phone`, `wrong-language`, `wrong-zone`.
 */
export function decideDetails(command: DetailsCommand, context: Context): Decision<DetailsEvent> {
  const { person, email = '', phone = '', language = '', zone = '' } = command;
  const lacking = person === context.actor.person ? undefined : requireRole(context, 'admin', 'communications');
  if (lacking) return lacking;
  const address = email.trim() === '' ? '' : addressOf(email);
  if (address === undefined) return refuse('wrong-address', { said: email });
  const number = phone.trim() === '' ? '' : phoneOf(phone);
  if (number === undefined) return refuse('wrong-phone', { said: phone });
  const tongue = language.trim() === '' ? '' : languageOf(language);
  if (tongue === undefined) return refuse('wrong-language', { said: language });
  const where = zone.trim() === '' ? '' : zoneOf(zone);
  if (where === undefined) return refuse('wrong-zone', { said: zone });
  return accept({ type: 'details-set', person, words: { email: address, phone: number, language: tongue, zone: where } });
}
