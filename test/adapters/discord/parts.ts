/** What a rendered message is made of, for tests of the renderer. */
import type { Body } from '../../../adapters/discord/render.ts';

interface Part {
  readonly type: number;
  readonly content?: string;
  readonly components?: readonly Part[];
}

/** All components, from the top down. */
export const walk = ({ components }: Pick<Body, 'components'>): readonly Part[] => {
  const all = (parts: readonly Part[]): readonly Part[] => parts.flatMap((part) => [part, ...all(part.components ?? [])]);
  return all(components as readonly Part[]);
};

/** All text as it is sent, a line each. */
export const textOf = (body: Pick<Body, 'components'>): string =>
  walk(body)
    .flatMap(({ content }) => content ?? [])
    .join('\n');
