import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Compat, Evidence } from '../../results/schema/index.js';
import { compatFile } from '../../results/store/index.js';
import { pngOf } from '../render/png.js';
import { drawSvg } from '../render/svg.js';
import { replaceFile } from '../replace-file.js';
import { compatHeatMap } from './heat-map.js';

/**
 * Writes compat.json, evidence.ndjson and charts/compatibility.{vl.json,svg,png} into a folder.
 * @throws FailedError where one can't be written.
 */
export async function writeCompat(dir: string, compat: Compat, evidence: readonly Evidence[]): Promise<void> {
  const { name, spec, alt } = compatHeatMap(compat);
  const { svg } = await drawSvg(spec, alt);
  const charts = join(dir, 'charts');
  await mkdir(charts, { recursive: true });
  const files: [path: string, content: string | Buffer][] = [
    [join(charts, `${name}.vl.json`), `${JSON.stringify(spec, null, 2)}\n`],
    [join(charts, `${name}.svg`), svg],
    [join(charts, `${name}.png`), pngOf(svg)],
    [join(dir, 'evidence.ndjson'), evidence.map((line) => `${JSON.stringify(line)}\n`).join('')],
    [join(dir, compatFile), `${JSON.stringify(compat, null, 2)}\n`],
  ];
  for (const [path, content] of files) await replaceFile(path, content);
}
