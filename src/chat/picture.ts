/**
 * Drawings of ours as PNG, for platforms that show no SVG. The rasteriser is WebAssembly and the letters are DejaVu Sans, so that a
 * picture looks the same wherever Bellman runs; both are loaded when the first picture is made.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Block, Card } from './card.ts';

/** The font family that every drawing names; there is no other. */
export const FONT = 'DejaVu Sans';

/** A drawing in a card. */
export type Picture = Extract<Block, { kind: 'picture' }>;

/** Pixels of the PNG for each unit of the drawing: sharp on screens of high density. */
const SHARPNESS = 2;
/** Square units; a larger drawing has a pixel for each: it is looked at piece by piece, and everything else waits while it is drawn. */
const LARGE = 2_500_000;
/** A drawing larger than this is none of ours; characters. */
const LARGEST = 500_000;
/** Pictures kept at hand: the same board stands in several places. */
const KEPT = 32;

/** What a drawing is told from another by; the same drawing has the same one on every machine. */
export const pictureKey = (svg: string): string => createHash('sha256').update(svg).digest('hex').slice(0, 32);

/** The drawings of a card, each once, in their order. */
export const picturesOf = ({ blocks }: Card): readonly Picture[] => {
  const all = blocks.filter((block): block is Picture => block.kind === 'picture');
  return all.filter(({ svg }, at) => all.findIndex((other) => other.svg === svg) === at);
};

type Draw = (svg: string) => Uint8Array;
let drawing: Promise<Draw> | undefined;
const made = new Map<string, Uint8Array>();

/** The drawing as PNG. Throws on what is no SVG, or larger than we ever draw; whoever shows it then shows its alternative. */
export async function png(svg: string): Promise<Uint8Array> {
  if (svg.length > LARGEST) throw new Error(`The drawing has ${svg.length} characters, and ${LARGEST} are drawn`);
  const key = pictureKey(svg);
  drawing ??= load().catch((error: unknown) => {
    drawing = undefined;
    throw error;
  });
  const draw = await drawing;
  const picture = made.get(key) ?? draw(svg);
  made.delete(key);
  made.set(key, picture);
  for (const oldest of made.keys()) {
    if (made.size <= KEPT) break;
    made.delete(oldest);
  }
  return picture;
}

async function load(): Promise<Draw> {
  const [{ Resvg, initWasm }, wasm, ...fontBuffers] = await Promise.all([
    import('@resvg/resvg-wasm'),
    asset('@resvg/resvg-wasm/index_bg.wasm'),
    asset('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    asset('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  ]);
  await initWasm(wasm).catch((error: unknown) => {
    // Two copies of this module share one rasteriser, and it can be readied once only.
    if (!String(error).includes('Already initialized')) throw error;
  });
  const font = { fontBuffers, defaultFontFamily: FONT, sansSerifFamily: FONT, loadSystemFonts: false };
  return (svg) => {
    const drawn = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: isLarge(svg) ? 1 : SHARPNESS } });
    try {
      const image = drawn.render();
      try {
        return image.asPng();
      } finally {
        image.free();
      }
    } finally {
      drawn.free();
    }
  };
}

/** By the size that each drawing of ours says of itself at its beginning. */
function isLarge(svg: string): boolean {
  const [, width, height] = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/u.exec(svg) ?? [];
  return Number(width) * Number(height) > LARGE;
}

/** A file of a package: beside a bundle, where one was made, else where it is installed. */
async function asset(name: string): Promise<Uint8Array> {
  const beside = new URL(`./pictures/${name.slice(name.lastIndexOf('/') + 1)}`, import.meta.url);
  try {
    return await readFile(beside);
  } catch {
    return readFile(createRequire(import.meta.url).resolve(name));
  }
}
