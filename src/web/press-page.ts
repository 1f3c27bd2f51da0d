/** Press statements: one statement a page, made to be printed, and the list of all. Pure. */
import { escaped } from '../chat/written.ts';
import { entryHtml, markOf, titleOf } from './entries.ts';
import { documentOf, timeIn } from './layout.ts';
import type { Entry } from './page-store.ts';

/** What stands before the name of the matter in an update's title says nothing to the press. */
const headline = (entry: Entry): string => titleOf(entry).replace(/^Update \d+(?:, [^:]+)?: /u, '');

/** The list of statements, newest first. */
export const pressIndex = (entries: readonly Entry[]): string =>
  documentOf({
    title: 'Press statements',
    body: `<header>
<h1>Press statements</h1>
</header>
<main>
${
  entries.length === 0
    ? '<p>There is no statement at the moment.</p>'
    : `<ol>
${entries
  .map((one) => {
    const mark = markOf(one);
    return `<li>
<h4><a href="/press/${one.token}">${escaped(headline(one))}</a></h4>
<p class="quiet">${timeIn(one.at)}${mark === undefined ? '' : `. <span class="mark">${escaped(mark)}</span>`}</p>
</li>`;
  })
  .join('\n')}
</ol>`
}
</main>
<footer class="screen"><p>Times are in UTC.</p></footer>`,
  });

/** One statement, with when it was made and where the others are. */
export const pressStatement = (entry: Entry): string =>
  documentOf({
    title: headline(entry),
    body: `<header>
<p class="quiet">Press statement, ${timeIn(entry.at)}</p>
<h1>${escaped(headline(entry))}</h1>
</header>
<main>
${entryHtml(entry)}
</main>
<footer class="screen"><p><a href="/press">All statements</a>. Times are in UTC.</p></footer>`,
  });
