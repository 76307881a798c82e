import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compatHeatMap, writeCompat } from '../../../src/report/compat/index.js';
import { drawSvg } from '../../../src/report/render/svg.js';
import { fixtureCompat } from './fixture-compat.js';

const compat = fixtureCompat();

it('draws without a complaint of Vega, and is the same to the byte for the same data', async () => {
  const { spec, alt } = compatHeatMap(compat);
  const { svg, complaints } = await drawSvg(spec, alt);
  expect(complaints).toEqual([]);
  expect(svg).not.toMatch(/NaN|undefined| id="/);
  expect(JSON.stringify(compatHeatMap(fixtureCompat()).spec)).toBe(JSON.stringify(spec));
});

it('says every outcome in words, not by colour alone', async () => {
  const { spec, alt } = compatHeatMap(compat);
  const { svg } = await drawSvg(spec, alt);
  for (const outcome of ['loads', 'warns', 'misbehaves', 'dies', 'refused', 'absent']) {
    const cells = compat.cells.filter((cell) => cell.outcome === outcome).length;
    expect(svg.match(new RegExp(`>${outcome}</text>`, 'g'))).toHaveLength(cells);
  }
  expect(alt).toContain('wasm/assemblyscript: 1.36.4 loads, 1.37.0 loads, 1.38.3 absent, 1.39.3 loads');
});

it('is written with the data that it shows', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
  try {
    await writeCompat(dir, compat, []);
    expect(JSON.parse(readFileSync(join(dir, 'compat.json'), 'utf8'))).toEqual(compat);
    expect(readFileSync(join(dir, 'evidence.ndjson'), 'utf8')).toBe('');
    expect(readFileSync(join(dir, 'charts', 'compatibility.svg'), 'utf8')).toMatch(
      /^<svg role="img" aria-label="/,
    );
    const png = readFileSync(join(dir, 'charts', 'compatibility.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const spec = JSON.parse(readFileSync(join(dir, 'charts', 'compatibility.vl.json'), 'utf8'));
    expect(spec).toEqual(JSON.parse(JSON.stringify(compatHeatMap(compat).spec)));
  } finally {
    rmSync(dir, { recursive: true });
  }
});
