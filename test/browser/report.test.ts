import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePaths } from '../../src/paths.js';
import { writeReport } from '../../src/report/index.js';
import { fixtureBeside } from '../report/beside/fixture-beside.js';
import { asWhole, unjudgedRun } from '../report/fixture-verdicts.js';
import { seriousFindings } from './serious-findings.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
const isCi = process.env.CI === 'true';
const widths = [400, 900, 1_400];
const schemes = ['light', 'dark'] as const;

/** Folders with a report.html: one made up with every section, and all that are published. */
const made = mkdtempSync(join(tmpdir(), 'filterbench-browser-'));
const results = join(packagePaths.root, 'results');
const published = readdirSync(results)
  .map((name) => join(results, name))
  .filter((folder) => existsSync(join(folder, 'report.html')));
const screenshots = join(packagePaths.root, 'test-output', 'screenshots');

let browser: Browser;
beforeAll(async () => {
  if (executablePath === undefined) return;
  await writeReport(made, await asWhole(await unjudgedRun()), fixtureBeside());
  mkdirSync(screenshots, { recursive: true });
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  rmSync(made, { recursive: true });
});

/** What a page did besides showing itself. */
interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

async function open(
  folder: string,
  width: number,
  colorScheme: (typeof schemes)[number] = 'light',
): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  return { page, complaints, requests };
}

/** Brings every figure into view that is not folded away, until its chart is drawn. */
async function drawAll(page: Page): Promise<void> {
  for (const figure of await page.locator('main figure[id]:visible:has(> .drawn)').all()) {
    await figure.scrollIntoViewIfNeeded();
    await expect.poll(() => figure.getAttribute('class')).toContain('is-drawn');
  }
  await page.evaluate('window.scrollTo(0, 0)');
}

// Where no Chromium is, a developer may go without; CI may not.
describe.skipIf(executablePath === undefined && !isCi)('report.html in Chromium', () => {
  describe.each([made, ...published])('%#', (folder) => {
    it.for(widths)(
      'at %i px fits the window, asks for nothing, complains of nothing',
      async (width, { annotate }) => {
        const { page, complaints, requests } = await open(folder, width);
        expect(requests).toEqual([pathToFileURL(join(folder, 'report.html')).href]);
        expect(complaints).toEqual([]);
        await drawAll(page);
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(wide).toBeLessThanOrEqual(width);
        const name = folder === made ? 'made-up' : folder.slice(results.length + 1);
        const path = join(screenshots, `${name}-${width}.png`);
        await page.screenshot({ path });
        await annotate(`report at ${width} px`, { path, contentType: 'image/png' });
        await page.close();
      },
    );

    it.each(schemes)('has no serious finding of axe, all folds open, %s', async (scheme) => {
      const { page } = await open(folder, 1_400, scheme);
      await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
      expect(await seriousFindings(page)).toEqual([]);
      await page.close();
    });

    it('opens what is folded by the keyboard', async () => {
      const { page } = await open(folder, 900);
      const first = page.locator('main details').first();
      expect(await first.getAttribute('open')).toBeNull();
      await first.locator('summary').first().focus();
      await page.keyboard.press('Enter');
      expect(await first.getAttribute('open')).not.toBeNull();
      await page.close();
    });
  });
});
