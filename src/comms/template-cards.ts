/** What people see of templates. */
import { type Card, card, list, shortened, text, type Words } from '../chat/card.ts';
import type { RecordId } from '../core/record.ts';
import { audienceLabel } from './template.ts';
import { type TemplateFor, type TemplateName, templateFor, templateName } from './template-name.ts';
import type { Templates, TemplateVersion } from './templates.ts';

/** What a card holds of a text beside its own words; longer ones are had as files. */
const SHOWN = 2200;
const MOST_LISTED = 15;

/** `Customers and partners, problem, first`. */
const nameWords = ({ audience, kind, phase }: TemplateFor): string => `${audienceLabel(audience)}, ${kind}, ${phase}`;

const said = ({ audience, kind, phase }: TemplateFor): string => `${audience} ${kind} ${phase}`;

const textBlocks = (source: string) => [
  text(shortened(source, SHOWN)),
  ...(source.length > SHOWN ? [text('The rest is in the files: ', { code: 'bellman templates export <folder>' })] : []),
];

/** Which templates an organisation changed, the newest first. */
export function listCard(own: Templates, audiences: readonly string[]): Card {
  const changed = Object.entries(own)
    .flatMap(([name, { versions, text: source }]) => {
      const about = templateFor(name);
      const [newest] = versions;
      return about && newest ? [{ about, newest, ours: source === undefined }] : [];
    })
    .sort((a, b) => b.newest.at - a.newest.at);
  return card('Templates', [
    text(
      'Every audience has a text for each kind of record and each phase: ',
      `${audiences.join(', ')}. `,
      changed.length === 0 ? 'All are those that come with Bellman.' : 'These were changed:',
    ),
    ...(changed.length === 0
      ? []
      : [
          list(
            ...changed
              .slice(0, MOST_LISTED)
              .map(
                ({ about, newest, ours }): Words => [
                  { bold: nameWords(about) },
                  `: version ${newest.number}${ours ? ', as it comes with Bellman' : ''}, `,
                  { time: newest.at },
                  ' by ',
                  { person: newest.by },
                ],
              ),
          ),
        ]),
    ...(changed.length > MOST_LISTED ? [text(`${changed.length - MOST_LISTED} more were changed earlier.`)] : []),
    text('See one: ', { code: '/comms template show customers problem first' }),
  ]);
}

/** A template as it is written. */
export const templateCard = (about: TemplateFor, version: number, source: string, ours: boolean): Card =>
  card(`Template: ${nameWords(about)}`, [
    text(ours ? 'As it comes with Bellman.' : `Version ${version}.`, ' Change it: ', {
      code: `/comms template edit ${said(about)}`,
    }),
    ...textBlocks(source),
  ]);

/** A template was saved, or an earlier version brought back. */
export const savedCard = (name: TemplateName, version: number, restores?: number): Card => {
  const about = templateFor(name);
  const what =
    restores === undefined
      ? ''
      : restores === 0
        ? ' The text that comes with Bellman is in force again.'
        : ` Version ${restores} is in force again.`;
  return card(
    'Template saved',
    [
      text(
        { bold: about ? nameWords(about) : name },
        ` is version ${version} now.${what} Texts that are written from now on begin with it.`,
      ),
    ],
    { tone: 'success' },
  );
};

export const asItWasCard = (name: TemplateName): Card =>
  card('As it was', [text(`The template ${name} reads like this already, so nothing was changed.`)]);

/** What it makes of a record. */
export const previewCard = (record: RecordId, about: TemplateFor, version: number, made: string): Card =>
  card(`${templateName(about)} with ${record}`, [
    text(version === 0 ? 'By the text that comes with Bellman:' : `By version ${version}:`),
    ...textBlocks(made),
  ]);

/** It was accepted, and yet fails on this record. */
export const failedCard = (record: RecordId, about: TemplateFor, why: string): Card =>
  card(
    `${templateName(about)} fails with ${record}`,
    [
      text(why, ' Until it is mended, the text that comes with Bellman is used: ', {
        code: `/comms template edit ${said(about)}`,
      }),
    ],
    { tone: 'warning' },
  );

/** Who changed it, and when. */
export const historyCard = (about: TemplateFor, versions: readonly TemplateVersion[]): Card =>
  card(`History: ${nameWords(about)}`, [
    ...(versions.length === 0
      ? [text('Nobody changed it: it is the text that comes with Bellman.')]
      : [
          list(
            ...versions
              .slice(0, MOST_LISTED)
              .map(
                ({ number, at, by, restores }): Words => [
                  { bold: `Version ${number}` },
                  ', ',
                  { time: at },
                  ' by ',
                  { person: by },
                  restores === undefined
                    ? ''
                    : restores === 0
                      ? ': the text that comes with Bellman'
                      : `: version ${restores} again`,
                ],
              ),
          ),
          ...(versions.length > MOST_LISTED
            ? [text(`${versions.length - MOST_LISTED} earlier versions can be shown by their number.`)]
            : []),
          text('Bring one back: ', { code: `/comms template restore ${said(about)} 1` }),
        ]),
  ]);
