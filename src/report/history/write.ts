import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { History, HistoryRun } from '../../results/schema/index.js';
import { pngOf } from '../render/png.js';
import { drawSvg } from '../render/svg.js';
import { replaceFile } from '../replace-file.js';
import { historyChart } from './chart.js';
import { groupsOf, isOverTime } from './groups.js';
import { historyMarkdown } from './markdown.js';
import { type DrawnGroup, historyHtml } from './page.js';

/** Where a history goes: `history.html` in a folder, or a file of another name; all else lies beside it. */
export interface HistoryFiles {
  readonly page: string;
  readonly markdown: string;
  readonly charts: string;
}

/** @param out a folder, or a file that ends with `.html` */
export function historyFiles(out: string): HistoryFiles {
  const page = resolve(out.endsWith('.html') ? out : join(out, 'history.html'));
  const stem = page.slice(0, -'.html'.length);
  // Not `charts`, which a run's folder has of its own.
  return { page, markdown: `${stem}.md`, charts: `${stem}-charts` };
}

/**
 * Writes the page, the same as Markdown, and a folder of charts.
 * @returns the path of the page
 * @throws FailedError where one can't be written.
 */
export async function writeHistory(out: string, history: History): Promise<string> {
  const { page, markdown, charts } = historyFiles(out);
  await mkdir(charts, { recursive: true });
  const drawn: DrawnGroup[] = [];
  const files: [path: string, content: string | Buffer][] = [];
  for (const group of groupsOf(history).filter(isOverTime)) {
    const { name, spec, alt } = historyChart(history, group);
    const { svg } = await drawSvg(spec, alt);
    drawn.push({ group, path: `${basename(charts)}/${name}`, alt, svg });
    files.push(
      [join(charts, `${name}.vl.json`), `${JSON.stringify(spec, null, 2)}\n`],
      [join(charts, `${name}.svg`), svg],
      [join(charts, `${name}.png`), pngOf(svg)],
    );
  }
  const linkTo = (run: HistoryRun) => reportOf(run, dirname(page));
  files.push(
    [markdown, historyMarkdown(history, drawn, linkTo)],
    [page, historyHtml(history, drawn, linkTo)],
  );
  for (const [path, content] of files) await replaceFile(path, content);
  await removeOldCharts(charts, new Set(files.map(([path]) => path)));
  return page;
}

function reportOf({ dir }: HistoryRun, from: string): string | null {
  const report = join(resolve(dir), 'report.html');
  if (!existsSync(report)) return null;
  // A folder may hold anything in its name: only what is safe in a URL stays.
  return relative(from, report)
    .split(sep)
    .map((part) =>
      encodeURIComponent(part).replace(/[()']/g, (each) => `%${each.charCodeAt(0).toString(16)}`),
    )
    .join('/');
}

// A history that is made again may have other charts: those of before would be taken for its own.
async function removeOldCharts(dir: string, written: ReadonlySet<string>): Promise<void> {
  const all = (await readdir(dir)).filter((name) => /\.(?:vl\.json|svg|png)$/.test(name));
  const old = all.map((name) => join(dir, name)).filter((path) => !written.has(path));
  await Promise.all(old.map((path) => rm(path)));
}
