/** The public status page and its feeds: what is open first, newest updates first, in plain words. Pure. */
import { escaped } from '../chat/written.ts';
import { entryHtml, entryText, type Matter, mattersOf, titleOf } from './entries.ts';
import { documentOf, timeIn } from './layout.ts';
import type { Entry } from './page-store.ts';

const TITLE = 'Status';

/** So many matters that are over stay on the page. */
const OVER_SHOWN = 20;

const anchor = ({ token }: Entry): string => `u-${token}`;

/** Below the name of the matter it is not named again. */
const heading = (one: Entry): string => {
  const title = titleOf(one);
  return title.endsWith(`: ${one.title}`) ? title.slice(0, -one.title.length - 2) : title;
};

const entry = (one: Entry): string => `<li id="${anchor(one)}">
<h4>${escaped(heading(one))}</h4>
<p class="quiet">Published ${timeIn(one.at)}</p>
${entryHtml(one)}
</li>`;

const listOf = (entries: readonly Entry[]): string => `<ol>
${entries.map(entry).join('\n')}
</ol>`;

/** Of what is over the last word stands there, and the way to the others. */
function matter({ title, resolved, entries }: Matter): string {
  const shown = resolved ? entries.slice(0, 1) : entries;
  const earlier = entries.slice(shown.length);
  const more =
    earlier.length === 0
      ? ''
      : `\n<details>\n<summary>Earlier updates: ${earlier.length}</summary>\n${listOf(earlier)}\n</details>`;
  return `<article class="${resolved ? 'resolved' : 'open'}">
<h3>${escaped(title)}</h3>
${listOf(shown)}${more}
</article>`;
}

const section = (id: string, heading: string, matters: readonly Matter[]): string =>
  matters.length === 0
    ? ''
    : `<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${matters.map(matter).join('\n')}
</section>`;

/** The page. */
export function statusPage(entries: readonly Entry[]): string {
  const matters = mattersOf(entries);
  const open = matters.filter(({ resolved }) => !resolved);
  const over = matters.filter(({ resolved }) => resolved).slice(0, OVER_SHOWN);
  const state =
    open.length === 0
      ? '<p class="all-well">We know of no problem at the moment.</p>'
      : `<p>${open.length === 1 ? 'One matter is' : `${open.length} matters are`} open. The newest update stands first.</p>`;
  return documentOf({
    title: open.length === 0 ? TITLE : `${TITLE}: ${open.length} open`,
    head: `<link rel="alternate" type="application/atom+xml" title="${TITLE}" href="/status/feed.atom">
<link rel="alternate" type="application/feed+json" title="${TITLE}" href="/status/feed.json">
`,
    body: `<header>
<h1>${TITLE}</h1>
${state}
</header>
<main>
${section('open', 'Open', open)}
${section('resolved', 'Resolved', over)}
</main>
<footer class="screen">
<p>Times are in UTC. Follow this page: <a href="/status/feed.atom">Atom</a>, <a href="/status/feed.json">JSON Feed</a>. This page needs no script; load it again for what is new.</p>
</footer>`,
  });
}

const FEED_MOST = 50;
const newestOf = (entries: readonly Entry[]): number => Math.max(0, ...entries.map(({ at }) => at));
const iso = (at: number): string => new Date(at).toISOString();
const uniqueId = ({ token }: Entry): string => `urn:bellman:update:${token}`;

/** What XML cannot hold is left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids.
const xml = (words: string): string => escaped(words.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, ''));

/** When an entry changed last: what was corrected or taken back was so by a newer one of its matter. */
const changedAt = (one: Entry, all: readonly Entry[]): number =>
  one.outcome === 'stands' ? one.at : newestOf(all.filter(({ record }) => record === one.record));

/** The feed as Atom (RFC 4287); `base` is the public address without a slash at its end. */
export function atomFeed(entries: readonly Entry[], base: string): string {
  const items = entries.slice(0, FEED_MOST).map(
    (one) => `<entry>
<id>${uniqueId(one)}</id>
<title>${xml(titleOf(one))}</title>
<link rel="alternate" href="${xml(`${base}/status#${anchor(one)}`)}"/>
<published>${iso(one.at)}</published>
<updated>${iso(changedAt(one, entries))}</updated>
<content type="html">${xml(entryHtml(one))}</content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${xml(`${base}/status`)}</id>
<title>${TITLE}</title>
<updated>${iso(newestOf(entries))}</updated>
<author><name>${TITLE}</name></author>
<link rel="alternate" href="${xml(`${base}/status`)}"/>
<link rel="self" href="${xml(`${base}/status/feed.atom`)}"/>
${items.join('\n')}
</feed>
`;
}

/** The feed as JSON Feed 1.1. */
export const jsonFeed = (entries: readonly Entry[], base: string): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: TITLE,
    home_page_url: `${base}/status`,
    feed_url: `${base}/status/feed.json`,
    language: 'en',
    items: entries.slice(0, FEED_MOST).map((one) => ({
      id: uniqueId(one),
      url: `${base}/status#${anchor(one)}`,
      title: titleOf(one),
      content_html: entryHtml(one),
      content_text: entryText(one),
      date_published: iso(one.at),
      date_modified: iso(changedAt(one, entries)),
      tags: [one.outcome === 'stands' ? one.phase : one.outcome],
    })),
  });
