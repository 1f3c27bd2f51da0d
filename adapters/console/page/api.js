/** What the page asks of Bellman and sends to it. */

/** A request that was refused, in words for the person. */
export class Problem extends Error {}

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A key of its own for everything that is done; a repeat with the same key is done once. */
export const newKey = () => crypto.randomUUID();

async function answered(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Problem('Bellman cannot be reached. Nothing was sent; try again in a moment.');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(body.problem ?? 'Bellman did not answer as expected.');
  return body;
}

export const get = (path, query, options) => answered(fetch(`/console/${path}?${new URLSearchParams(query)}`, options));

export const post = (path, body) =>
  answered(
    fetch(`/console/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ zone, ...body }),
    }),
  );
