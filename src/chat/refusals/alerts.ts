/** Refusals about who sends alerts. */
import type { Catalogue } from './catalogue.ts';

export const alerts: Catalogue = {
  'source-name': (f) => [
    { bold: f.text('said') },
    ' cannot name a source, so nothing was added. Use up to 40 small letters, digits and hyphens: ',
    { code: '/bellman alerts add prometheus alertmanager' },
    '.',
  ],
  'source-exists': (f) => [
    `${f.text('source')} sends alerts already (${f.text('format')}), so nothing was changed. For a new secret, remove it first: `,
    { code: `/bellman alerts remove ${f.text('source')}` },
    '.',
  ],
  'too-many-sources': (f) => [
    `${f.text('most')} sources send alerts already, so none was added. Remove one: `,
    { code: '/bellman alerts list' },
    ' shows them.',
  ],
  'unknown-source': (f) => [
    `No source is called ${f.text('said')}, so nothing was removed. `,
    { code: '/bellman alerts list' },
    ' shows those that there are.',
  ],
};
