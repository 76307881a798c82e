import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePaths } from '../../src/paths.js';
import { writeHistory } from '../../src/report/history/index.js';
import { historyOf } from '../../src/results/history/index.js';
import { everything, madeHistory } from '../results/history/made-history.js';
import { seriousFindings } from './serious-findings.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
const isCi = process.env.CI === 'true';
const widths = [400, 900, 1_400];
const schemes = ['light', 'dark'] as const;
const screenshots = join(packagePaths.root, 'test-output', 'screenshots');
const made = mkdtempSync(join(tmpdir(), 'filterbench-browser-'));

let browser: Browser;
let url: string;
beforeAll(async () => {
  if (executablePath === undefined) return;
  const sha = (letter: string) => letter.repeat(64);
  const runs = await madeHistory(9, 800, (place) => ({
    variants: ['lua', 'wasm/rust', 'ext-proc/rust-uds'],
    twins: ['lua', 'ext-proc/rust-uds'],
    envoy: place < 5 ? '1.39.3' : '1.40.0',
    moreUs: { lua: place < 5 ? 0 : 5 },
    about: {
      envoys: [
        {
          ...{ version: place < 5 ? '1.39.3' : '1.40.0', build: 'Clean', sha256: sha(place < 5 ? 'a' : 'b') },
          ...{ source: 'wheel', pinned: true, runtime: 'native' as const },
        },
      ],
      artefacts: [{ path: 'wasm/filterbench.wasm', sha256: sha(place < 3 ? 'c' : 'd'), shipped: true }],
    },
  }));
  const [last] = runs.slice(-1);
  const elsewhere = { ...last!.run, id: 'elsewhere', fingerprint: { ...last!.run.fingerprint, cores: 8 } };
  const unread = [{ dir: 'results/half', kind: 'damaged', reason: 'run.json: not valid JSON' } as const];
  const history = historyOf([...runs, { dir: 'results/elsewhere', run: elsewhere }], unread, everything);
  url = pathToFileURL(await writeHistory(made, history)).href;
  mkdirSync(screenshots, { recursive: true });
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  rmSync(made, { recursive: true });
});

const openAll = "for (const fold of document.querySelectorAll('details')) fold.open = true";

/** The page, and what it did besides showing itself. */
async function open(width: number, colorScheme: (typeof schemes)[number] = 'light') {
  const page: Page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, complaints, requests };
}

// Where no Chromium is, a developer may go without; CI may not.
describe.skipIf(executablePath === undefined && !isCi)('history.html in Chromium', () => {
  it.for(widths)(
    'at %i px fits the window, asks for nothing, complains of nothing',
    async (width, { annotate }) => {
      const { page, complaints, requests } = await open(width);
      const path = join(screenshots, `history-${width}.png`);
      await page.screenshot({ path, fullPage: true });
      await annotate(`history at ${width} px`, { path, contentType: 'image/png' });
      await page.evaluate(openAll);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(requests).toEqual([url]);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it.each(schemes)('has no serious finding of axe, all folds open, %s', async (scheme) => {
    const { page } = await open(1_400, scheme);
    await page.evaluate(openAll);
    expect(await seriousFindings(page)).toEqual([]);
    await page.close();
  });

  it('shows a chart a class, of the setting that has a history, and its tables by the keyboard', async () => {
    const { page } = await open(900);
    expect(await page.locator('figure svg[role=img]').count()).toBe(2);
    const fold = page.locator('details').first();
    expect(await fold.getAttribute('open')).toBeNull();
    await fold.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await fold.locator('table').first().isVisible()).toBe(true);
    expect(await fold.locator('table').first().locator('tbody tr').count()).toBe(9);
    await page.close();
  });
});
