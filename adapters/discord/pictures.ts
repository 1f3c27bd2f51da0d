/** Drawings of ours on Discord: attached to the message that shows them. A picture never stops a message: what cannot be drawn stands there in words. */
import type { APIMessage, RawFile } from 'discord.js';
import type { Card } from '../../src/chat/card.ts';
import { pictureKey, picturesOf, png } from '../../src/chat/picture.ts';
import type { Log } from '../../src/chat/port.ts';
import type { Body, Drawn } from './render.ts';

const nothing: Drawn = { files: [], nameOf: () => undefined };

/** Draws the pictures of a card. Never rejects. */
export async function drawn(card: Card, log: Pick<Log, 'warn'>): Promise<Drawn> {
  const wanted = picturesOf(card);
  if (wanted.length === 0) return nothing;
  const files = new Map<string, RawFile>();
  for (const { svg } of wanted) {
    try {
      const name = `${pictureKey(svg)}.png`;
      files.set(svg, { name, data: Buffer.from(await png(svg)), contentType: 'image/png' });
    } catch (error) {
      log.warn({ error }, 'Discord: a picture could not be drawn, so its words were shown');
    }
  }
  return { files: [...files.values()], nameOf: (svg) => files.get(svg)?.name };
}

/** A body as Discord's client takes it: what is attached goes beside the rest. */
export function request({ files, ...body }: Body): { readonly body: object; readonly files?: RawFile[] } {
  if (files.length === 0) return { body };
  return { body: { ...body, attachments: files.map(({ name }, id) => ({ id: String(id), filename: name })) }, files: [...files] };
}

/** How many messages' attachments are remembered; of a message that is forgotten they are uploaded again. */
const REMEMBERED = 1000;

/** Remembers what is attached to which message, so that an edit uploads only a drawing that changed. */
export function attachments() {
  const known = new Map<string, readonly { readonly id: string; readonly filename: string }[]>();
  return {
    /** What a message has, as Discord said when it took it. */
    note({ id, attachments }: Pick<APIMessage, 'id' | 'attachments'>): void {
      known.delete(id);
      if (attachments.length > 0) known.set(id, attachments);
      for (const oldest of known.keys()) if (known.size > REMEMBERED) known.delete(oldest);
    },
    /** The edit of a message, which keeps the attachments that it shows on. */
    edit(message: string, body: Body): ReturnType<typeof request> {
      const has = known.get(message) ?? [];
      const kept = body.files.flatMap(({ name }) => has.find(({ filename }) => filename === name) ?? []);
      if (kept.length === 0 || kept.length < body.files.length) return request(body);
      const { files: _attached, ...rest } = body;
      return { body: { ...rest, attachments: kept.map(({ id }) => ({ id })) } };
    },
  };
}
