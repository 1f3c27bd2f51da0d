/** A Bellman that answers the console with one card of each kind, so that the adapter is tested alone. */
import { type Card, card, controls, divider, facts, list, text } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import type { Dispatch, Intent, Names, Reply } from '../../../src/chat/port.ts';
import {
  aDestination,
  aPerson,
  aRecord,
  aWord,
  command,
  oneOf,
  perhaps,
  privately,
  registry,
  somePeople,
  theRest,
} from '../../../src/chat/registry.ts';
import { DAY, HOUR, MINUTE } from '../../../src/core/instant.ts';

const nothing = async (): Promise<Reply> => ({ kind: 'nothing' });

export const fakeRegistry = registry([
  command({ name: 'rfc new', help: 'Raise a change.', args: {}, run: nothing }),
  command({ name: 'rfc list', help: 'List changes.', args: {}, run: nothing }),
  command({ name: 'rfc show', help: 'Show a change.', args: { rfc: aRecord('the number of a change', 'RFC') }, run: nothing }),
  command({
    name: 'rfc backout',
    help: 'Back a change out, with the reason.',
    args: { rfc: aRecord('the number of a change', 'RFC'), reason: theRest('the reason') },
    run: nothing,
  }),
  command({ name: 'incident new', help: 'Report an incident.', args: {}, run: nothing }),
  command({
    name: 'bellman role grant',
    help: 'Give somebody a role.',
    args: { person: aPerson('a person'), role: oneOf('a role', 'admin', 'change-manager', 'problem-manager') },
    run: nothing,
  }),
  command({
    name: 'bellman audience releasers',
    help: 'Say who may release.',
    args: { audience: aWord('an audience'), people: somePeople('people') },
    run: nothing,
  }),
  command({
    name: 'bellman audience set',
    help: 'Say where an audience reads.',
    args: { audience: aWord('an audience'), place: perhaps(aDestination('a channel, a person or an address')) },
    run: nothing,
  }),
  command({ name: 'bellman help', help: 'Show everything that can be said.', args: {}, run: nothing }),
]);

/** `p-kevin` is Kevin. `p-away` is known, but not on the console. */
export const fakeNames = async (): Promise<Names> => (person) => {
  const handle = person.replace(/^p-/, '');
  const name = handle.charAt(0).toUpperCase() + handle.slice(1);
  return handle === 'away' ? { name } : { name, user: handle };
};

export const rfcForm: Form = {
  doing: 'rfc new',
  input: {},
  title: 'Raise a change',
  submit: 'Raise',
  sections: [
    {
      title: '1 of 2',
      fields: [
        { name: 'title', label: 'Title', kind: 'line', optional: false, hint: 'Encrypt data between the sites' },
        { name: 'description', label: 'Description', kind: 'paragraph', optional: false },
        {
          name: 'type',
          label: 'Type',
          kind: 'choice',
          optional: false,
          choices: [
            { value: 'standard', label: 'Standard' },
            { value: 'minor', label: 'Minor' },
            { value: 'major', label: 'Major' },
          ],
        },
        { name: 'start', label: 'Start', kind: 'time', optional: false },
        { name: 'end', label: 'End', kind: 'time', optional: false },
      ],
    },
    {
      title: '2 of 2',
      fields: [
        { name: 'owner', label: 'Change owner', kind: 'person', optional: true, initial: 'p-kevin' },
        { name: 'implementer', label: 'Implementer', kind: 'person', optional: true, initial: 'p-away' },
        { name: 'links', label: 'Linked records', kind: 'records', optional: true },
        { name: 'told', label: 'Who is told', kind: 'people', optional: true, initial: 'p-kate,p-neil' },
      ],
    },
  ],
};

/** A ballot as the real one looks: everything that a card can hold but a picture. */
export const ballotCard = (now: number): Card =>
  card(
    'RFC-7: Encrypt data between the sites',
    [
      text(
        'The change advisory board decides. ',
        { bold: 'Two more votes are needed' },
        ' by ',
        { time: now + 2 * DAY },
        '. Rejecting asks for a reason.',
      ),
      facts(
        ['Requester', { person: 'p-neil' }],
        ['Type', 'Significant, high priority'],
        ['Start', { time: now + 3 * DAY }],
        ['End', { time: now + 3 * DAY + 2 * HOUR }],
        ['Risk', 'Connections may be refused while certificates are replaced.'],
        ['Linked with', { code: 'PRB-2' }, ', ', { link: 'https://bank.example/wiki', label: 'the plan' }],
      ),
      divider,
      list(
        [{ person: 'p-charles' }, ' approved at ', { time: now - 40 * MINUTE }],
        [{ person: 'p-kevin' }, ' asked: "Are the branch servers in it?"'],
      ),
      controls(
        { label: 'Approve', action: 'ballot.approve', record: 'RFC-7', value: '3', style: 'primary' },
        { label: 'Reject', action: 'ballot.reject', record: 'RFC-7', value: '3', style: 'danger' },
        { label: 'Abstain', action: 'ballot.abstain', record: 'RFC-7', value: '3' },
        { label: 'Ask', action: 'ballot.ask', record: 'RFC-7', value: '3' },
      ),
    ],
    { tone: 'info', summary: 'RFC-7 waits for your vote: Encrypt data between the sites' },
  );

/** What was asked of it, newest last, and a dispatch that answers by the words. */
export function fakeBellman(): { readonly asked: Intent[]; readonly dispatch: Dispatch } {
  const asked: Intent[] = [];
  const dispatch: Dispatch = async (intent) => {
    asked.push(intent);
    switch (intent.kind) {
      case 'words':
        if (intent.words === 'rfc new') return { kind: 'form', form: rfcForm };
        if (intent.words === 'rfc list') return { kind: 'card', to: 'here', card: ballotCard(Date.now()) };
        return privately(
          card('Not done', [text(`I do not know /${intent.words}. Did you mean `, { code: '/rfc list' }, '?')], {
            tone: 'warning',
          }),
        );
      case 'press':
        if (intent.action === 'ballot.reject') return { kind: 'form', form: { ...rfcForm, doing: 'ballot.reject' } };
        return privately(card('Your vote is counted', [text('You approved ', { code: 'RFC-7' }, '.')], { tone: 'success' }));
      case 'submit':
        return intent.answers.start === 'soon'
          ? { kind: 'mend', fields: { start: '"soon" is not a time that I know. Write now, in 30m or tomorrow 22:00.' } }
          : privately(
              card('RFC-8 is raised', [text('Raised by ', { person: `p-${intent.from.handle}` }, '.')], { tone: 'success' }),
            );
      case 'command':
      case 'shortcut':
      case 'marked':
        return { kind: 'nothing' };
      default:
        return intent satisfies never;
    }
  };
  return { asked, dispatch };
}
