/**
 * Drawings of ours on Slack: uploaded as files that are shared nowhere, then shown by an image block of the message. A picture never
 * stops a message: what cannot be uploaded in time stands there in words.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Card, shortened } from '../../src/chat/card.ts';
import { type Picture, pictureKey, picturesOf, png } from '../../src/chat/picture.ts';
import { type Log, PlatformError } from '../../src/chat/port.ts';
import type { Web } from './web.ts';

/** The Slack file that shows a drawing; undefined: its words stand there instead. */
export type FileOf = (svg: string) => string | undefined;

export const noFiles: FileOf = () => undefined;

export interface Pictures {
  /** Sees to it that the drawings of a card are files. Never rejects; takes a few seconds at most. */
  filesFor(card: Card): Promise<FileOf>;
}

/** How long a message waits for its pictures; the worker waits ten seconds for the whole of it. Milliseconds. */
const PATIENCE = 5000;
/** Slack shows a file only once it has looked at it, mostly within a second: how often that is asked, and how long in all. */
const ASK_EVERY = 250;
const READY_WITHIN = 20_000;
/** After Slack has refused an upload (a scope is missing, storage is full), none is tried for this long. */
const REFUSED_FOR = 10 * 60_000;
/** How many drawings' files are remembered; one that is forgotten is uploaded again. */
const REMEMBERED = 500;
const ALTERNATIVE = 1000;

/** Makes the uploads. The same drawing is uploaded once by a process, however many messages show it, and however often. */
export function pictures(web: Web, log: Pick<Log, 'warn'>, timeout: number): Pictures {
  const files = new Map<string, string>();
  const under = new Map<string, Promise<string | undefined>>();
  let refusedUntil = 0;

  async function upload({ svg, alternative }: Picture): Promise<string> {
    const image = await png(svg);
    // The SDK's type calls the description otherwise than Slack does, which would not hear of it.
    const announced = { filename: `${pictureKey(svg)}.png`, length: image.length, alt_txt: shortened(alternative, ALTERNATIVE) };
    const { upload_url: url, file_id: id } = await web.call('files.getUploadURLExternal', (client) =>
      client.files.getUploadURLExternal(announced),
    );
    if (url === undefined || id === undefined) throw new PlatformError('unknown', 'Slack did not say where to upload');
    const sent = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array(image),
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    await sent.body?.cancel();
    if (!sent.ok) throw new PlatformError('unknown', `Slack answered ${sent.status} to an upload`);
    // Without a channel the file is shared nowhere: only messages of ours show it.
    await web.call('files.completeUploadExternal', (client) => client.files.completeUploadExternal({ files: [{ id }] }));
    for (const end = Date.now() + READY_WITHIN; Date.now() < end; await pause(ASK_EVERY, undefined, { ref: false })) {
      const { file } = await web.call('files.info', (client) => client.files.info({ file: id }));
      if (file?.mimetype?.startsWith('image/')) return id;
    }
    throw new PlatformError('unknown', 'Slack did not make an uploaded picture ready');
  }

  async function known(picture: Picture): Promise<string | undefined> {
    const key = pictureKey(picture.svg);
    const file = files.get(key);
    if (file !== undefined || Date.now() < refusedUntil) return file;
    const running =
      under.get(key) ??
      upload(picture)
        .then((id) => {
          files.set(key, id);
          for (const oldest of files.keys()) if (files.size > REMEMBERED) files.delete(oldest);
          return id;
        })
        .catch((error: unknown) => {
          if (error instanceof PlatformError && error.outcome === 'refused') refusedUntil = Date.now() + REFUSED_FOR;
          log.warn({ error }, 'Slack: a picture could not be uploaded, so its words were shown');
          return undefined;
        })
        .finally(() => under.delete(key));
    under.set(key, running);
    return running;
  }

  return {
    filesFor: async (card) => {
      const wanted = picturesOf(card);
      if (wanted.length === 0) return noFiles;
      const stop = new AbortController();
      // A slow upload goes on; the next message or edit has it then.
      await Promise.race([
        Promise.all(wanted.map(known)),
        pause(PATIENCE, undefined, { ref: false, signal: stop.signal }).catch(() => undefined),
      ]);
      stop.abort();
      return (svg) => files.get(pictureKey(svg));
    },
  };
}
