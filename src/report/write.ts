import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WriteError } from '../errors.js';
import type { Run } from '../results/schema/index.js';
import { type Beside, nothingBeside } from './beside.js';
import { readPageScript } from './html/interactive/index.js';
import { reportHtml } from './html/page.js';
import { reportMarkdown } from './markdown/index.js';
import { drawCharts } from './render/index.js';
import { noRoom, replaceFile } from './replace-file.js';

/**
 * Writes report.html, report.md and charts/NAME.{vl.json,svg,png} into a run's folder, from the run and what is beside it alone.
 * @param options `isStatic` leaves the script out of report.html, which is smaller then and has pictures alone
 * @returns the paths of the files, in the order in which they were written
 */
export async function writeReport(
  runDir: string,
  run: Run,
  beside: Beside = nothingBeside,
  { isStatic = false }: { readonly isStatic?: boolean } = {},
): Promise<string[]> {
  const script = isStatic ? null : await readPageScript();
  const drawn = await drawCharts(run, beside);
  const chartDir = join(runDir, 'charts');
  await makeFolder(chartDir);
  const files: [path: string, content: string | Buffer][] = [
    ...drawn.flatMap(({ chart, specJson, svg, png }): [string, string | Buffer][] => [
      [join(chartDir, `${chart.name}.vl.json`), specJson],
      [join(chartDir, `${chart.name}.svg`), svg],
      [join(chartDir, `${chart.name}.png`), png],
    ]),
    [join(runDir, 'report.md'), reportMarkdown(run, drawn, beside)],
    [join(runDir, 'report.html'), reportHtml(run, drawn, beside, script)],
  ];
  for (const [path, content] of files) await replaceFile(path, content);
  await removeOldCharts(chartDir, new Set(files.map(([path]) => path)));
  return files.map(([path]) => path);
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new WriteError(path, noRoom, cause);
  }
}

// A report that is made again may have other charts: those of before would be taken for its own.
async function removeOldCharts(dir: string, written: ReadonlySet<string>): Promise<void> {
  const charts = (await readdir(dir)).filter((name) => /\.(?:vl\.json|svg|png)$/.test(name));
  const old = charts.map((name) => join(dir, name)).filter((path) => !written.has(path));
  await Promise.all(old.map((path) => rm(path)));
}
