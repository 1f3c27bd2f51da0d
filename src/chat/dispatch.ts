/** From an intent to a reply: understand, look up, open the form or run the handler, answer. Never throws. */
import { randomBytes } from 'node:crypto';
import { type Accepted, viewOf } from '../core/apply.ts';
import type { RecordView } from '../core/ask.ts';
import type { Change } from '../core/change.ts';
import { isPrivate } from '../core/reading.ts';
import { type Actor, BELLMAN, type PersonId, requireRole } from '../core/record.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { rolesOf } from '../core/transact.ts';
import { isAway, OutcomeUnknown, sqlState } from '../db/database.ts';
import { card, controls, text } from './card.ts';
import { group } from './destination.ts';
import type { DispatchParts } from './dispatch-parts.ts';
import { formOf, type RawAnswers, sectionsOf } from './form.ts';
import { understand } from './grammar.ts';
import { received } from './in-time.ts';
import { MARKED } from './marked.ts';
import type { Dispatch, Intent, Reply } from './port.ts';
import { refusalCard } from './refusals/index.ts';
import {
  type Arguments,
  type Button,
  type Command,
  type Conversation,
  type Pressed,
  privately,
  type Values,
} from './registry.ts';
import { filledFrom } from './shortcut.ts';
import { answersOf, destinations, type Lookup, valuesOf } from './values.ts';

/** The action of the button that goes on with a form asked in steps. */
export const CONTINUE = 'form.continue';
/** The action of the button that opens a command's form where a dialog could not be opened at once. */
export const OPEN = 'form.open';
const LOCK_NOT_HAD = '55P03';
/** What a platform that asks in steps can carry in a dialog's own key, in characters of JSON; a longer input is kept as a draft. */
const SHORT_INPUT = 50;

/** What handlers take: values typed by the command's own arguments, or what a button was pressed on. */
type Given = Values<Arguments> & Pressed;

/** The same answer, read only by who asked. */
const aside = (reply: Reply): Reply => (reply.kind === 'card' ? { ...reply, to: 'private' } : reply);

/** Only who began something goes on with it. */
const askerOf = ({ from }: Intent): string => `${from.platform}/${from.user}`;

const reference = (): string => randomBytes(3).toString('hex').slice(0, 4).toUpperCase();

/** Makes the one door for everything that people say and press. */
export function dispatcher(parts: DispatchParts): Dispatch {
  const { registry, resolve, store } = parts;

  /** How the asker's platform names people and places. */
  function lookupOf({ from }: Pick<Intent, 'from'>): Lookup {
    return {
      platform: from.platform,
      now: store.now,
      zone: from.timeZone,
      person: (said) => resolve.find(from.platform, said),
      channel: (idOrName) => resolve.channel(from.platform, idOrName),
      group: (idOrName) => resolve.group(from.platform, idOrName),
      direct: (person) => resolve.direct(from.platform, person),
      checkPlace: resolve.checkPlace,
    };
  }

  async function answer(intent: Intent): Promise<Reply> {
    if (intent.kind === 'marked' && intent.how !== 'changed' && !(await parts.matters(intent.at))) return { kind: 'nothing' };
    // What is followed is followed by Bellman itself, and not every platform says who did it.
    const me = intent.kind === 'marked' && intent.how === 'changed' ? BELLMAN : await resolve.person(intent.from);
    const lookup = lookupOf(intent);
    switch (intent.kind) {
      case 'words': {
        const said = understand(intent.words, registry);
        return isRefusal(said) ? refused(said) : begin(said.command, said.input);
      }
      case 'command': {
        const found = registry.command(intent.name);
        return found ? begin(found, intent.input) : refused(refuse('unknown-command', { said: intent.name, root: 'bellman' }));
      }
      case 'shortcut': {
        const found = registry.shortcuts.find(({ id }) => id === intent.shortcut);
        return found ? begin(found.command, {}, filledFrom(found, intent.message)) : refused(refuse('button-gone'));
      }
      case 'marked': {
        const found = registry.button(MARKED);
        const { message, how, emoji } = intent;
        return found ? begin(found, { record: '', value: JSON.stringify({ message, how, emoji }) }) : { kind: 'nothing' };
      }
      case 'press': {
        if (intent.action === MARKED) return refused(refuse('button-gone'));
        if (intent.action === CONTINUE) return goOn(intent.record, Number(intent.value ?? 1));
        if (intent.action === OPEN) return openAgain(intent.value ?? '');
        const found = registry.button(intent.action);
        return found ? begin(found, { record: intent.record, value: intent.value ?? '' }) : refused(refuse('button-gone'));
      }
      case 'submit':
        return submitted(intent);
      default:
        return intent satisfies never;
    }

    async function begin(doing: Command | Button, input: RawAnswers, filled: RawAnswers = {}): Promise<Reply> {
      const values = await valuesFor(doing, input);
      if (isRefusal(values)) return refused(values);
      const talk = conversation(intent, me, doing);
      if (!doing.form) return ran(doing, values, {});
      // Said before the form is filled in, to spare the work; what counts is checked again in the deciding transaction.
      const lacking = doing.right && requireRole({ actor: await talk.actor(), org: await talk.org() }, ...doing.right);
      if (lacking) return refused(lacking);
      const initial = (await doing.form.initial?.(talk, values)) ?? {};
      if (isRefusal(initial)) return refused(initial);
      const form = formOf(doing.name, doing.form, input, { ...initial, ...filled });
      if (!asksInSteps() || JSON.stringify(input).length <= SHORT_INPUT) return { kind: 'form', form };
      return { kind: 'form', form: { ...form, draft: await kept(doing.name, input, {}), step: 1 } };
    }

    /** Does what was asked; what was read of a private record is answered to nobody else. */
    async function ran(doing: Command | Button, values: Given, answers: Readonly<Record<string, unknown>>): Promise<Reply> {
      let quiet = false;
      const talk = conversation(intent, me, doing, (view) => {
        quiet ||= isPrivate(view.class);
      });
      const reply = await doing.run(talk, values, answers);
      return quiet ? aside(reply) : reply;
    }

    async function submitted(submit: Extract<Intent, { kind: 'submit' }>): Promise<Reply> {
      const doing = registry.command(submit.doing) ?? registry.button(submit.doing);
      if (!doing?.form) return refused(refuse('draft-gone'));
      const earlier = submit.draft === undefined ? undefined : await store.draft(submit.draft);
      if (submit.draft !== undefined && earlier?.asker !== askerOf(intent)) return refused(refuse('draft-gone'));
      const answers = { ...earlier?.answers, ...submit.answers };
      const input = earlier?.input ?? submit.input;
      const step = submit.step ?? 1;
      const sections = sectionsOf(doing.form.fields);
      const atOnce = parts.sectionsAtOnce(intent.from.platform);
      const shown = sections.slice(0, step * atOnce).flatMap(({ fields }) => fields.map(({ name }) => name));
      const fields = Object.fromEntries(Object.entries(doing.form.fields).filter(([name]) => shown.includes(name)));
      const checked = await answersOf(fields, answers, lookup);
      const mended = async (wrong: Readonly<Record<string, string>>): Promise<Reply> => {
        if (!asksInSteps()) return { kind: 'mend', fields: wrong };
        const first = sections.findIndex((section) => section.fields.some(({ name }) => name in wrong));
        const draft = await kept(doing.name, input, answers, submit.draft);
        return { kind: 'mend', fields: wrong, draft, step: Math.floor(Math.max(first, 0) / atOnce) + 1 };
      };
      if ('mend' in checked) return mended(checked.mend);
      if (step * atOnce < sections.length) {
        const id = await kept(doing.name, input, answers, submit.draft);
        return privately(continueCard(doing.form.title, id, step + 1, Math.ceil(sections.length / atOnce)));
      }
      const values = await valuesFor(doing, input);
      if (isRefusal(values)) return refused(values);
      const reply = await ran(doing, values, checked.answers);
      if (reply.kind === 'mend') return mended(reply.fields);
      if (submit.draft !== undefined) await store.dropDraft(submit.draft);
      return reply;
    }

    async function goOn(id: string, step: number): Promise<Reply> {
      const draft = await store.draft(id);
      const doing = draft && (registry.command(draft.doing) ?? registry.button(draft.doing));
      if (!draft || !doing?.form || draft.asker !== askerOf(intent)) return refused(refuse('draft-gone'));
      const values = await valuesFor(doing, draft.input);
      if (isRefusal(values)) return refused(values);
      // What later steps start with is asked again rather than kept; what was written stands before it.
      const initial = (await doing.form.initial?.(conversation(intent, me, doing), values)) ?? {};
      if (isRefusal(initial)) return refused(initial);
      const shown = { ...initial, ...draft.answers };
      return { kind: 'form', form: { ...formOf(doing.name, doing.form, draft.input, shown), draft: id, step } };
    }

    /** Keeps what was written so far, and says under which id. */
    async function kept(doing: string, input: RawAnswers, answers: RawAnswers, draft?: string): Promise<string> {
      const id = draft ?? randomBytes(8).toString('hex');
      await store.saveDraft({ id, asker: askerOf(intent), doing, input, answers });
      return id;
    }

    function asksInSteps(): boolean {
      return parts.sectionsAtOnce(intent.from.platform) === 1;
    }

    async function openAgain(line: string): Promise<Reply> {
      const said = understand(line, registry);
      return isRefusal(said) ? refused(said) : begin(said.command, said.input);
    }

    async function valuesFor(doing: Command | Button, input: RawAnswers): Promise<Given | Refusal> {
      const values =
        doing.is === 'command' ? await valuesOf(doing, input, lookup) : { record: input.record ?? '', value: input.value ?? '' };
      // Each handler gets what its own declaration names; a type for all of them cannot say which that is.
      return values as Given | Refusal;
    }
  }

  /** What a handler may do. The doing's right is bound to every change that its handler makes, so that none is made without it. */
  function conversation(
    intent: Intent,
    me: PersonId,
    doing: Command | Button,
    onView: (view: RecordView) => void = () => {},
  ): Conversation {
    return {
      asker: intent.from,
      me,
      at: intent.at,
      db: parts.db,
      now: store.now,
      view: async (record): Promise<RecordView | undefined> => {
        const found = await store.view(record, me);
        const view = found && viewOf(found);
        if (view) onView(view);
        return view;
      },
      org: store.org,
      actor: async (): Promise<Actor> => ({
        person: me,
        roles: rolesOf(await store.org(), me),
        active: true,
        bot: intent.from.bot,
        guest: intent.from.guest,
      }),
      nameOf: resolve.name,
      find: (said) => resolve.find(intent.from.platform, said.replace(/^<?@!?/u, '').replace(/[|>].*$/u, '')),
      keep: async (answers) => {
        const id = randomBytes(8).toString('hex');
        await store.saveDraft({ id, asker: askerOf(intent), doing: doing.name, input: {}, answers });
        return id;
      },
      kept: async (id) => {
        const draft = await store.draft(id);
        return draft?.asker === askerOf(intent) ? draft.answers : undefined;
      },
      refused,
      checkPlace: resolve.checkPlace,
      places: (said) => destinations(said, lookupOf(intent)),
      group: (said) => group(said, lookupOf(intent)),
      members: resolve.members,
      written: (message) => resolve.written(intent.at, message),
      lacks: resolve.lacks,
      ways: resolve.ways,
      change: async ({ record, part, command, told, itself, reply }) => {
        const replyTo = (outcome: Accepted | Refusal): Reply => {
          if (isRefusal(outcome)) return refused(outcome);
          return isPrivate(outcome.view.class) ? aside(reply(outcome)) : reply(outcome);
        };
        const by: Change['by'] = itself ? BELLMAN : { platform: intent.from.platform, user: intent.from.user };
        const inbound = { key: intent.key, reply: replyTo };
        const change = { record, part: part.name, command, by, inbound, right: doing.right ?? [] };
        const [outcome] = await parts.transact([told ? { ...change, told } : change]);
        if (!outcome || 'superseded' in outcome) return { kind: 'nothing' };
        // The stored reply was made by this same function when the request first arrived.
        if ('repeated' in outcome) return outcome.repeated as Reply;
        return replyTo(outcome);
      },
    };
  }

  function refused(refusal: Refusal): Reply {
    return privately(refusalCard(refusal));
  }

  return async (intent) => {
    try {
      const reply = await answer(intent);
      // Whoever marked a message asked for nothing, and reads no refusal.
      return intent.kind === 'marked' ? { kind: 'nothing' } : reply;
    } catch (error) {
      if (isAway(error)) return { kind: 'card', card: refusalCard(refuse('records-away')), to: 'private', away: true };
      if (error instanceof OutcomeUnknown) return refused(refuse('outcome-unknown'));
      if (sqlState(error) === LOCK_NOT_HAD) {
        try {
          await store.postpone(intent);
          return received;
        } catch (second) {
          return failed(second, intent);
        }
      }
      return failed(error, intent);
    }
  };

  function failed(error: unknown, intent: Intent): Reply {
    const ref = reference();
    parts.onError(ref, error, intent);
    const reply: Reply = refused(refuse('our-fault', { ref }));
    // Nobody would ask for it again: the platform is to tell of it once more.
    return intent.kind === 'marked' && reply.kind === 'card' ? { ...reply, away: true } : reply;
  }
}

const continueCard = (title: string, draft: string, step: number, of: number) =>
  card(`${title}: step ${step} of ${of}`, [
    text('What you wrote so far is kept for an hour. Nothing is sent yet.'),
    controls({ label: 'Continue', action: CONTINUE, record: draft, value: String(step), style: 'primary' }),
  ]);
