import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePaths } from '../../src/paths.js';
import { writeReport } from '../../src/report/index.js';
import { fixtureRun } from '../report/fixture-run.js';
import { seriousFindings } from './serious-findings.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
const isCi = process.env.CI === 'true';
const screenshots = join(packagePaths.root, 'test-output', 'screenshots');
const folder = mkdtempSync(join(tmpdir(), 'filterbench-interactive-'));
const hostile = mkdtempSync(join(tmpdir(), 'filterbench-hostile-'));
const evil = '</script><img src=x onerror="document.title=1">';

const run = fixtureRun();
const chart = '#headers-overhead-cpu';
const drawn = `${chart} .drawn svg`;
const picture = `${chart} > div:first-child svg`;

let browser: Browser;
beforeAll(async () => {
  if (executablePath === undefined) return;
  await writeReport(folder, run);
  const arms = run.arms.map((arm) => ({ ...arm, variant: arm.variant.replace('lua', `lua${evil}`) }));
  await writeReport(hostile, { ...run, arms });
  mkdirSync(screenshots, { recursive: true });
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  for (const made of [folder, hostile]) rmSync(made, { recursive: true });
});

interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

async function open(options: BrowserContextOptions = {}, of = folder): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width: 1_400, height: 900 }, ...options });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(join(of, 'report.html')).href);
  if (options.javaScriptEnabled !== false) await toChart(page);
  return { page, complaints, requests };
}

async function toChart(page: Page): Promise<void> {
  await page.evaluate(`document.querySelector('${chart}').scrollIntoView()`);
  await page.waitForSelector(drawn);
}

const textOf = (page: Page) => page.locator(drawn).textContent();
// Other programs may have this machine, too.
const soon = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 60_000 });
const wide = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth');
const box = (page: Page, name: string) => page.locator(`#choice input[value="${name}"]`);
const targets = (page: Page) => page.locator(`${drawn} [class*=target_] > path`);
const tip = (page: Page) => page.locator('#chart-tooltip.visible');

// Where no Chromium is, a developer may go without; CI may not.
describe.skipIf(executablePath === undefined && !isCi)('charts of report.html in Chromium', () => {
  it.for([
    [400, 'light'],
    [400, 'dark'],
    [900, 'light'],
    [900, 'dark'],
    [1_400, 'light'],
    [1_400, 'dark'],
  ] as const)(
    'at %i px, %s: drawn, filtered and on logarithms, with no complaint, request, overflow or finding of axe',
    async ([width, colorScheme], { annotate }) => {
      const { page, complaints, requests } = await open({ viewport: { width, height: 900 }, colorScheme });
      if (width < 900) await page.locator('#choice summary').click();
      await box(page, 'lua').uncheck();
      await box(page, 'log').check();
      await soon(() => textOf(page)).toMatch(/logarithms beyond/);
      if (width < 900) await page.locator('#choice summary').click();
      await toChart(page);
      await targets(page).first().hover();
      await tip(page).waitFor();
      expect(await wide(page)).toBeLessThanOrEqual(width);
      const path = join(screenshots, `interactive-${width}-${colorScheme}.png`);
      await page.screenshot({ path });
      await annotate(`filtered, log and tooltip at ${width} px, ${colorScheme}`, {
        path,
        contentType: 'image/png',
      });
      expect(await seriousFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([pathToFileURL(join(folder, 'report.html')).href]);
      await page.close();
    },
  );

  it('a box takes the rows of its mechanism out of charts and tables, and brings them back', async () => {
    const { page } = await open();
    const rows = page.locator('tr[data-mechanism="wasm"]:visible');
    expect(await textOf(page)).toContain('wasm/rust');
    const before = await rows.count();
    expect(before).toBeGreaterThan(0);
    await box(page, 'wasm').uncheck();
    await soon(() => textOf(page)).not.toContain('wasm/rust');
    expect(await textOf(page)).toContain('dynamic-module/rust');
    expect(await rows.count()).toBe(0);
    expect(await page.locator('#choice output').textContent()).toBe('without wasm');
    await page.locator('#choice button').click();
    await soon(() => textOf(page)).toContain('wasm/rust');
    expect(await rows.count()).toBe(before);
    await page.close();
  });

  it('a plot without rows goes, and of a chart without plots a sentence is left', async () => {
    const { page } = await open();
    for (const name of ['ext-proc', 'ext-authz']) await box(page, name).uncheck();
    await soon(() => textOf(page)).not.toContain('external server ·');
    await soon(() => textOf(page)).not.toContain('ext-');
    for (const name of ['cpp', 'lua', 'wasm', 'dynamic-module']) await box(page, name).uncheck();
    await soon(() => page.locator(`${chart} .drawn`).textContent()).toContain('nothing is left');
    await page.close();
  });

  it('all of it works by the keyboard: boxes, axes, and the values of a chart', async () => {
    const { page } = await open();
    await page.locator('#choice summary').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await soon(() => page.locator('#choice output').textContent()).toBe('without cpp');
    await box(page, 'own').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await soon(() => textOf(page)).toContain('logarithms beyond');
    await page.locator(`${chart} .drawn`).focus();
    await page.keyboard.press('ArrowDown');
    const [first] = run.arms.filter(({ variant, scenario }) => variant === 'lua' && scenario === 'headers');
    expect(await tip(page).textContent()).toContain('lua');
    expect(await tip(page).textContent()).toContain(first!.overhead!.totalCpuUs.perRestart[0]!.toFixed(2));
    await page.keyboard.press('Escape');
    expect(await tip(page).count()).toBe(0);
    await page.close();
  });

  it('pointing at a bar, or touching it, tells every restart', async () => {
    for (const hasTouch of [false, true]) {
      const { page } = await open({ hasTouch, viewport: { width: hasTouch ? 400 : 1_400, height: 900 } });
      const target = targets(page).nth(1);
      await (hasTouch ? target.tap() : target.hover());
      const text = await tip(page).textContent();
      expect(text).toContain('12 (192 slices)');
      expect(/Each restart(.*?) µs/.exec(text!)![1]!.split(', ')).toHaveLength(12);
      expect(text).toContain('closed loop, 16 connections');
      const { x, width } = (await tip(page).boundingBox())!;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(hasTouch ? 400 : 1_400);
      await page.close();
    }
  });

  it('pictures are shown where no script runs, and on paper all of them', async () => {
    const { page: still } = await open({ javaScriptEnabled: false });
    expect(await still.locator(picture).isVisible()).toBe(true);
    expect(await still.locator('#choice').isVisible()).toBe(false);
    await still.close();
    const { page } = await open();
    await box(page, 'lua').uncheck();
    expect(await page.locator(picture).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator(picture).isVisible()).toBe(true);
    expect(await page.locator(drawn).isVisible()).toBe(false);
    expect(await page.locator('#choice').isVisible()).toBe(false);
    const rows = page.locator('main tr[data-mechanism="lua"]');
    expect(await page.locator('main tr[data-mechanism="lua"]:visible').count()).toBe(await rows.count());
    await page.close();
  });

  it('a chart that cannot be drawn stays a picture', async () => {
    const { page } = await open({ javaScriptEnabled: true });
    await page.evaluate("SVGElement.prototype.setAttribute = () => { throw new Error('no SVG') }");
    await box(page, 'lua').uncheck();
    await soon(() => page.locator(picture).isVisible()).toBe(true);
    await page.close();
  });

  it('a name that would end the script is but a name', async () => {
    const { page, complaints } = await open({}, hostile);
    const target = targets(page).nth(1);
    await target.hover();
    expect(await tip(page).textContent()).toContain(evil);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
    expect(complaints).toEqual([]);
    await page.close();
  });
});
