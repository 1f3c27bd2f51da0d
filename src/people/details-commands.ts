/** What people can say about how somebody is reached. */
import { type Card, card, facts } from '../chat/card.ts';
import { foreseen } from '../chat/foreseen.ts';
import { line, maybe } from '../chat/form.ts';
import { plainWords, refusalWords } from '../chat/refusals/index.ts';
import { aPerson, type Conversation, command, perhaps, privately } from '../chat/registry.ts';
import { ORG, type PersonId, requireRole } from '../core/record.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Details, DetailsCommand } from './details.ts';
import { accountsOf, detailsOf } from './details-store.ts';
import { org } from './org.ts';

/** Details are shown to whoever may set them, and to nobody else. */
async function maySee(c: Conversation, person: PersonId): Promise<Refusal | undefined> {
  return person === c.me ? undefined : requireRole({ actor: await c.actor(), org: await c.org() }, 'admin', 'communications');
}

const detailsCard = (person: PersonId, { email, phone, language, zone }: Details, accounts: readonly string[]): Card =>
  card(
    'Contact details',
    [
      facts(
        ['Person', { person }],
        ['Chat', accounts.join(', ') || 'none'],
        ['E-mail', email || 'not known'],
        ['Phone', phone || 'not known'],
        ['Language', language || 'not known'],
        ['Time zone', zone || 'as their chat says'],
      ),
    ],
    { summary: 'Contact details of one person' },
  );

/** At which field a refusal is told. */
const WRONG_FIELD: Readonly<Record<string, string>> = {
  'wrong-address': 'email',
  'wrong-phone': 'phone',
  'wrong-language': 'language',
  'wrong-zone': 'zone',
};

const person = perhaps(aPerson('the person; yourself, if nobody is named'));

const set = command({
  name: 'bellman contact set',
  help: 'Say how somebody is reached: e-mail, phone, language, time zone; your own, if nobody is named.',
  args: { person },
  form: {
    title: 'Contact details',
    submit: 'Save',
    fields: {
      email: maybe(line('E-mail', { hint: 'name@example.org' })),
      phone: maybe(line('Phone', { hint: '+49 30 123456' })),
      language: maybe(line('Language', { hint: 'de, en-GB' })),
      zone: maybe(line('Time zone', { hint: 'Europe/Berlin; empty: as your chat says' })),
    },
    initial: async (c, values) => {
      const whose = values.person ?? c.me;
      return (await maySee(c, whose)) ?? { ...(await detailsOf(c.db, whose)) };
    },
  },
  run: async (c, values, answers) => {
    const whose = values.person ?? c.me;
    const wanted: DetailsCommand = { type: 'set-details', person: whose, ...answers };
    const wrong = await foreseen(c, ORG, org, wanted);
    const field = wrong && WRONG_FIELD[wrong.refused];
    if (wrong && field) return { kind: 'mend', fields: { [field]: plainWords(refusalWords(wrong)) } };
    const accounts = await accountsOf(c.db, whose);
    return c.change({
      record: ORG,
      part: org,
      command: wanted,
      reply: ({ events }) => {
        const [event] = events as readonly { readonly words?: Details }[];
        return event?.words ? privately(detailsCard(whose, event.words, accounts)) : { kind: 'nothing' };
      },
    });
  },
});

const show = command({
  name: 'bellman contact show',
  help: 'Show how somebody is reached: for themselves, admins and communications.',
  args: { person },
  run: async (c, values) => {
    const whose = values.person ?? c.me;
    const lacking = await maySee(c, whose);
    if (lacking) return c.refused(lacking);
    return privately(detailsCard(whose, await detailsOf(c.db, whose), await accountsOf(c.db, whose)));
  },
});

export const detailsCommands = [set, show];
