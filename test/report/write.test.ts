import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WriteError } from '../../src/errors.js';
import { chartsOf, writeReport } from '../../src/report/index.js';
import { pngOf } from '../../src/report/render/png.js';
import { drawSvg } from '../../src/report/render/svg.js';
import { fixtureRun } from './fixture-run.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'filterbench-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('writeReport', () => {
  it('writes all files, the same to the byte each time, and leaves nothing else', async () => {
    const run = fixtureRun();
    const files = await writeReport(folder, run);
    // One chart of the whole and six a scenario, in three forms, and two reports.
    expect(files).toHaveLength((1 + 3 * 6) * 3 + 2);
    await writeFile(join(folder, 'charts', 'of-before-throughput.svg'), 'a chart that this run has not');
    const first = await Promise.all(files.map((file) => readFile(file)));
    expect(await writeReport(folder, run)).toEqual(files);
    const second = await Promise.all(files.map((file) => readFile(file)));
    for (const [index, content] of first.entries()) {
      expect(content.equals(second[index]!), files[index]).toBe(true);
    }
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(names.toSorted()).toEqual(files.toSorted());
  });

  it('draws text into the PNG, at twice the size of the SVG', async () => {
    await writeReport(folder, fixtureRun());
    const png = await readFile(join(folder, 'charts', 'noop-overhead-cpu.png'));
    const svg = await readFile(join(folder, 'charts', 'noop-overhead-cpu.svg'), 'utf8');
    const width = Number(/ width="(\d+)"/.exec(svg)![1]);
    expect(png.readUInt32BE(16)).toBe(width * 2);
    const { svg: again } = await drawSvg(chartsOf(fixtureRun())[0]!.spec, '');
    const withoutText = pngOf(again.replace(/<text[\s\S]*?<\/text>/g, ''));
    expect(png.length).toBeGreaterThan(withoutText.length * 1.5);
  });

  it('says what to do where it cannot write', async () => {
    await mkdir(join(folder, 'report.md'));
    await expect(writeReport(folder, fixtureRun())).rejects.toBeInstanceOf(WriteError);
  });
});
