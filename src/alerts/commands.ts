/** What people can say about who sends alerts: `/bellman alerts add|list|remove`. */
import { type Card, card, facts, list, text, type Words } from '../chat/card.ts';
import { aWord, command, oneOf, privately } from '../chat/registry.ts';
import { loadView } from '../chat/store.ts';
import { viewOf } from '../core/apply.ts';
import { ORG } from '../core/record.ts';
import type { Database } from '../db/database.ts';
import { FORMATS, SOURCE_ROLES, type Sources, sources } from './sources.ts';
import { dropKey, hashOf, newKey } from './store.ts';

const right = SOURCE_ROLES;
const source = aWord('the source, for example prometheus');
const keyOf = (said: string): string => said.trim().toLowerCase();

/** Where the sources are to send to: the address under which Bellman is reached. */
export type Address = () => string | undefined;

const add = (address: Address) =>
  command({
    name: 'bellman alerts add',
    help: 'Let a monitoring system raise incidents; its secret is shown once.',
    args: { source, format: oneOf('what it sends', ...FORMATS) },
    right,
    run: async (c, values) => {
      const name = keyOf(values.source);
      const { id, secret } = await newKey(c.db);
      let added = false;
      const answered = await c.change({
        record: ORG,
        part: sources,
        command: { type: 'add', source: name, format: values.format, key: id },
        reply: () => {
          added = true;
          // This answer is stored for whoever asks twice; the secret is not.
          return privately(
            card(`${name} can send alerts`, [
              text('Its secret was shown once. If it is lost, begin anew: ', { code: `/bellman alerts remove ${name}` }),
            ]),
          );
        },
      });
      if (!added) {
        await dropKey(c.db, id);
        return answered;
      }
      return privately(secretCard(name, `${address() ?? ''}/hooks/alerts/${name}`, secret));
    },
  });

const secretCard = (name: string, url: string, secret: string): Card =>
  card(
    `${name} can send alerts`,
    [
      text('Copy the secret now: it is shown only this once, and kept nowhere.'),
      facts(
        ['Address', { code: url }],
        ['Secret', { code: secret }],
        ['Header', { code: 'Authorization: Bearer <secret>' }],
        ['Signing key', { code: hashOf(secret) }],
      ),
      text('The signing key is for sources that sign instead, with ', { code: 'X-Bellman-Signature' }, '.'),
    ],
    { tone: 'success' },
  );

const remove = command({
  name: 'bellman alerts remove',
  help: 'Refuse the alerts of a monitoring system from now on.',
  args: { source },
  right,
  run: async (c, values) => {
    const name = keyOf(values.source);
    const before = (await sourcesOf(c.db))[name];
    let removed = false;
    const answered = await c.change({
      record: ORG,
      part: sources,
      command: { type: 'remove', source: name },
      reply: () => {
        removed = true;
        return privately(card('Removed', [text('Alerts of ', { bold: name }, ' are refused now. Its incidents stay.')]));
      },
    });
    if (removed && before) await dropKey(c.db, before.key);
    return answered;
  },
});

const listed = command({
  name: 'bellman alerts list',
  help: 'Show which monitoring systems raise incidents.',
  args: {},
  run: async (c) => privately(sourcesCard(await sourcesOf(c.db))),
});

async function sourcesOf(db: Database): Promise<Sources> {
  const found = await loadView(db, ORG);
  return found ? viewOf(found).state(sources) : {};
}

function sourcesCard(known: Sources): Card {
  const rows = Object.entries(known).map(
    ([name, { format }]): Words => [{ bold: name }, `, ${format}, at `, { code: `/hooks/alerts/${name}` }],
  );
  return rows.length === 0
    ? card('Alerts', [
        text('No monitoring system raises incidents. Add one: ', { code: '/bellman alerts add prometheus alertmanager' }),
      ])
    : card('Alerts', [list(...rows)]);
}

export const doings = (address: Address) => [add(address), remove, listed];
