/** What people can say about service levels: `/bellman service-level set|list` (P1, P2). */
import { type Card, card, list, text, type Words } from '../chat/card.ts';
import { newest } from '../chat/history-card.ts';
import { aWord, command, oneOf, privately } from '../chat/registry.ts';
import { parseSpan, spanWords } from '../chat/time-words.ts';
import { ORG } from '../core/record.ts';
import { refuse } from '../core/refusal.ts';
import { CATEGORIES, PRIORITIES } from '../incidents/index.ts';
import { ANY_CATEGORY, org, SERVICE_LEVEL_ROLES } from '../people/index.ts';

const set = command({
  name: 'bellman service-level set',
  help: 'Say how soon the work on problems of a category and priority must begin; any: every category without one of its own.',
  args: {
    category: oneOf('the category', ...CATEGORIES, ANY_CATEGORY),
    priority: oneOf('the priority', ...PRIORITIES),
    span: aWord('how soon, for example 4h; none: not agreed any more'),
  },
  right: SERVICE_LEVEL_ROLES,
  run: (c, { category, priority, span: wanted }) => {
    const none = wanted.toLowerCase() === 'none';
    const span = none ? undefined : parseSpan(wanted);
    if (span === undefined && !none) return Promise.resolve(c.refused(refuse('wrong-span', { said: wanted })));
    return c.change({
      record: ORG,
      part: org,
      command: { type: 'set-service-level', category, priority, span },
      reply: () =>
        privately(
          card('Service level', [
            text(
              `${category}, ${priority}: `,
              span === undefined ? 'nothing is agreed any more.' : `work begins within ${spanWords(span)}.`,
              ' It holds for problems that are raised or edited from now on.',
            ),
          ]),
        ),
    });
  },
});

function levelsCard(levels: Readonly<Record<string, number>>): Card {
  const known = Object.entries(levels);
  if (known.length === 0)
    return card('Service levels', [text('None is agreed. Set one: ', { code: '/bellman service-level set any critical 1h' })]);
  const { rows, before } = newest(
    known,
    ([key, span]): Words => [{ bold: key.replace('/', ', ') }, ` within ${spanWords(span)}`],
  );
  return card('Service levels', [list(...rows), ...(before > 0 ? [text(`${before} more were set before these.`)] : [])]);
}

const show = command({
  name: 'bellman service-level list',
  help: 'Show how soon the work on problems must begin.',
  args: {},
  run: async (c) => privately(levelsCard((await c.org()).serviceLevels ?? {})),
});

export const serviceLevelDoings = [set, show];
