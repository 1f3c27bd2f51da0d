import { describe, expect, test } from 'vitest';
import { defaultTemplate } from '../../src/comms/default-templates.ts';
import { type Fault, faultIn, faultWords, LONGEST_TEMPLATE, rendered } from '../../src/comms/template-engine.ts';
import { phasesOf, TEMPLATE_KINDS, type TemplateFor, type TemplatePhase, templatePhase } from '../../src/comms/template-name.ts';
import { sample } from '../../src/comms/template-samples.ts';
import { BUILT_IN, FILTERS, type Subject, VARIABLES } from '../../src/comms/template-variables.ts';
import { unfilled } from '../../src/comms/texts.ts';
import { HOUR } from '../../src/core/instant.ts';

const AUDIENCES = ['senior-management', 'all-staff', 'customers', 'working-staff', 'press', 'emergency-services'] as const;
const words = (text: string): number => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const bare: Subject = { ...sample, facts: undefined, wrong: undefined, right: undefined, last: undefined, resolution: undefined };
/** Nothing but what has to be filled in. */
const least: Subject = { ...bare, facts: { affected: 'Payments are refused' }, right: 'Two branches do not work' };

const ours = (wanted: TemplateFor, subject: Subject): string => {
  const text = rendered(defaultTemplate(wanted), { ...subject, kind: wanted.kind, phase: wanted.phase });
  if (typeof text !== 'string') throw new Error(`${JSON.stringify(wanted)}: ${faultWords(text)}`);
  return text;
};

const every = [...AUDIENCES, 'field-engineers'].flatMap((audience) =>
  TEMPLATE_KINDS.flatMap((kind) => phasesOf(kind).map((phase): TemplateFor => ({ audience, kind, phase }))),
);

describe('every text that comes with Bellman', () => {
  test.each(every)('$audience, $kind, $phase: is accepted, and leaves nothing to fill in when the sheet is full', (wanted) => {
    expect(faultIn(defaultTemplate(wanted))).toBeUndefined();
    // Without a workaround no update is told as one that has it.
    for (const subject of wanted.phase === 'workaround' ? [sample] : [sample, least]) {
      const text = ours(wanted, subject);
      expect(unfilled(text)).toBeUndefined();
      expect(text).not.toMatch(/\bnull\b|undefined|\{\{|\{%|\n\n|: *$/mu);
      // Nobody is blamed, nothing is promised that nobody controls, and no jargon of ours gets out.
      expect(text).not.toMatch(
        /\bASAP\b|guarantee|will be fixed|fault of|unfortunately|incident|major problem|PRB-|stakeholder|ETA/iu,
      );
    }
  });

  test.each(every.filter(({ phase }) => phase !== 'correction' && phase !== 'retraction' && phase !== 'holding'))(
    '$audience, $kind, $phase: asks its writer for what is affected while there is no sheet',
    (wanted) => {
      expect(unfilled(ours(wanted, bare))).toMatch(/^‹.+›$/u);
    },
  );

  test.each(every.filter(({ audience }) => audience === 'senior-management'))(
    'tells senior management $kind, $phase in 120 words at most',
    (wanted) => {
      expect(words(ours(wanted, sample))).toBeLessThanOrEqual(120);
    },
  );

  /** The order of voice, and what each audience never gets. */
  const ORDER: Readonly<Record<(typeof AUDIENCES)[number], { readonly order: RegExp; readonly never: RegExp }>> = {
    'senior-management': {
      order: /^Impact: .+\nStatus: .+\nConfidence and risk: .+\nDecision needed from you: .+/u,
      never: /switch arrives/u,
    },
    'all-staff': {
      order: /^Effect: .+\nWhat to do: .+\nIf somebody asks: .+\nWhere to look: .+/u,
      never: /One of two switches/u,
    },
    customers: {
      order: /^What is affected: .+\n(?:What we have found: .+\n)?What you can do: .+\nWhat we are doing: .+/u,
      never: /switch arrives/u,
    },
    'working-staff': {
      order: /^State: .+\nKnown: .+\n(?:Until it is solved: .+\n)?Doing: .+\nNeeds and next: .+\nNot verified: .+/u,
      never: /sorry|under control/u,
    },
    press: { order: /^.+\n.+\nWe regret .+\nQuestions: .+/u, never: /15:00|One of two switches/u },
    'emergency-services': {
      order: /^Danger and place: .+\nWhat happened: .+\n.*We ask you to: .+\nCall back: .+/su,
      never: /15:00|http/u,
    },
  };

  test.each(
    AUDIENCES.flatMap((audience) => (['first', 'progress', 'workaround'] as const).map((phase) => ({ audience, phase }))),
  )('says $phase to $audience in the order that they need', ({ audience, phase }) => {
    const text = ours({ audience, kind: 'problem', phase }, sample);
    expect(text).toMatch(ORDER[audience].order);
    expect(text).not.toMatch(ORDER[audience].never);
  });

  /** What a phase has to say, whoever reads it. */
  const SAYS: Readonly<Partial<Record<TemplatePhase, RegExp>>> = {
    workaround: /Customers can pay by code or in cash\./u,
    resolved: /since 16:00 UTC[\s\S]*(?:Thank you|We thank)/u,
    correction: /09:40 UTC said: "All branches work again\."\nRight is: Two branches still do not work\./u,
    retraction: /take back our statement of 09:40 UTC/u,
    holding: /^Our update on this is delayed\.(?![\s\S]*\d\d:\d\d)/u,
  };
  test.each(
    AUDIENCES.flatMap((audience) =>
      Object.entries(SAYS).map(([phase, says]) => ({ audience, phase: phase as TemplatePhase, says })),
    ),
  )('says to $audience what $phase means', ({ audience, phase, says }) => {
    expect(ours({ audience, kind: 'incident', phase }, sample)).toMatch(says);
  });

  test('speak of data only where data was breached', () => {
    expect(ours({ audience: 'customers', kind: 'breach', phase: 'first' }, least)).toContain(
      'We have not verified yet whether data is affected',
    );
    expect(ours({ audience: 'customers', kind: 'problem', phase: 'first' }, least)).not.toMatch(/data/iu);
  });

  test('tell authorities since when it is known, which can be before it was declared', () => {
    const telling = (more: Partial<Subject>) =>
      ours({ audience: 'emergency-services', kind: 'breach', phase: 'first' }, { ...sample, ...more });
    expect(telling({})).toContain('We have known of it since 09:00 UTC.');
    expect(telling({ knownAt: sample.declaredAt - HOUR })).toContain('We have known of it since 08:00 UTC.');
  });

  test('fit in a dialog also when every field of the sheet is full', () => {
    const facts = {
      affected: 'a'.repeat(400),
      known: 'k'.repeat(600),
      doing: 'd'.repeat(500),
      workaround: 'w'.repeat(500),
      next: 'n'.repeat(300),
      expected: 'e'.repeat(100),
    };
    for (const wanted of every) expect(ours(wanted, { ...sample, facts }).length).toBeLessThanOrEqual(3000);
  });
});

describe('what a template says', () => {
  const said = (source: string, subject: Partial<Subject> = {}): string | Fault => rendered(source, { ...sample, ...subject });

  test('shows times in the zone of its readers, with the day when it is not today', () => {
    const inBerlin = { zone: 'Europe/Berlin', asOf: Date.UTC(2027, 0, 16, 9, 0) };
    expect(said('{{ as_of }} / {{ declared_at }}', inBerlin)).toBe(
      '10:00 (Europe/Berlin) / Friday 15 January 2027, 10:00 (Europe/Berlin)',
    );
    expect(said('{{ declared_at | day }} / {{ declared_at | clock }}')).toBe('Friday 15 January 2027 / 09:00 UTC');
    expect(
      said('{{ facts.expected }}', {
        ...inBerlin,
        facts: { affected: 'x', expected: '15:00', expectedAt: Date.UTC(2027, 0, 16, 14, 0) },
      }),
    ).toBe('15:00 (Europe/Berlin)');
  });

  test('takes facts as they are: what people wrote is no template, and gets a beginning and an end', () => {
    expect(said('{{ facts.affected | fact: "x" }}', { facts: { affected: '{{ title }} & <b>payments</b>' } })).toBe(
      '{{ title }} & <b>payments</b>.',
    );
    expect(said('{{ facts.affected | fact: "x" }}', { facts: { affected: 'card payments are refused!' } })).toBe(
      'Card payments are refused!',
    );
  });

  test('has every variable that is documented, and every example of a filter works', () => {
    for (const { name } of VARIABLES) expect([name, faultIn(`${name}: {{ ${name} }}`)]).toEqual([name, undefined]);
    for (const { example } of FILTERS) expect([example, faultIn(example)]).toEqual([example, undefined]);
    const given: Readonly<Record<string, string>> = {
      append: ': "a"',
      prepend: ': "a"',
      remove: ': "a"',
      replace: ': "a", "b"',
      split: ': " "',
      truncate: ': 9',
      truncatewords: ': 2',
    };
    for (const filter of BUILT_IN)
      expect([filter, faultIn(`x {{ title | ${filter}${given[filter] ?? ''} }}`)]).toEqual([filter, undefined]);
  });

  test('does not know the owner, nor anybody else', () => {
    expect(faultIn('{{ owner }}')?.why).toBe('There is no variable owner.');
  });
});

describe('a template that is wrong', () => {
  test.each([
    ['a\nb {{ nobody }}', 'Line 2, column 6: There is no variable nobody.'],
    ['a {% if false %}\n  {{ facts.secret }}{% endif %}', 'Line 2, column 6: There is no variable facts.secret.'],
    ['a\n\n{{ title | shout }}', 'Line 3, column 1: There is no filter shout.'],
    ['{{ "now" | date: "%s" }}', 'Line 1, column 1: There is no filter date.'],
    ['a\n {% include "/etc/passwd" %}', 'Line 2, column 2: There is no tag include.'],
    ['{% render "x" %}', 'Line 1, column 1: There is no tag render.'],
    ['{% layout "x" %}', 'Line 1, column 1: There is no tag layout.'],
    ['a\n{% if title %}', 'Line 2, column 1: {% if title %} is not closed.'],
    ['a {{ title', 'Line 1, column 3: "{{ title" is not closed.'],
    ['  \n ', 'It gives an empty text.'],
  ])('%j is refused with its place: %s', (source, sentence) => {
    const fault = faultIn(source);
    expect(fault && faultWords(fault)).toBe(sentence);
  });

  test.each([
    ['counts to a milliard', '{% for i in (1..1000000000) %}a{% endfor %}'],
    [
      'loops in loops',
      '{% for i in (1..2000) %}{% for j in (1..2000) %}{% for k in (1..2000) %}{% endfor %}{% endfor %}{% endfor %}',
    ],
    [
      'doubles a text forty times',
      '{% assign s = "aaaaaaaaaa" %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
    ],
  ])('that %s is refused, and soon', (_what, source) => {
    const before = performance.now();
    expect(faultIn(source)?.why).toBe('It takes too long or makes too much: is there a loop without an end?');
    expect(performance.now() - before).toBeLessThan(5000);
  });

  test('that is a megabyte long, or gives a text that is, is refused with its length', () => {
    expect(faultIn('x'.repeat(1024 * 1024))?.why).toBe(`It has 1048576 characters; ${LONGEST_TEMPLATE} is the most.`);
    expect(faultIn('{% for i in (1..2000) %}1234567890{% endfor %}')?.why).toMatch(/^It gives a text of 20000 characters/u);
  });
});

test('an update that lasts on says its workaround as soon as there is one', () => {
  expect(templatePhase('progress', false)).toBe('progress');
  expect(templatePhase('progress', true)).toBe('workaround');
  expect(templatePhase('first', true)).toBe('first');
  expect(templatePhase('resolved', true)).toBe('resolved');
});
