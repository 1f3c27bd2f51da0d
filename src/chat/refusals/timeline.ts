/** Refusals about timelines. */
import type { Catalogue } from './catalogue.ts';

export const timeline: Catalogue = {
  'timeline-full': (f) => [
    `This timeline holds ${f.text('most')} messages already, so this one was not kept. Write what matters: `,
    { code: '/timeline add INC-1 what happened' },
    '.',
  ],
};
