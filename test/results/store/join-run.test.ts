import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Sample, tellsLatency } from '../../../src/results/schema/index.js';
import {
  createRunFolder,
  joinRun,
  publishRun,
  readRun,
  readWhole,
  type StoredRun,
  writeRunFile,
} from '../../../src/results/store/index.js';
import { loosenedWorld, madeMatrix } from '../../claims/made-matrix.js';
import { headers, madeStoredRun } from '../../claims/made-run.js';
import { articleTruth } from '../../claims/worlds.js';
import { faultEvidence } from '../../support/fault-evidence.js';

let dir: string;
let stored: StoredRun;
const fault = faultEvidence({});
const matrix = madeMatrix(loosenedWorld);

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-join-'));
  const arms = { scenarios: [headers], variants: ['lua', 'wasm/rust'], twins: ['lua'] };
  stored = await madeStoredRun({ ...arms, truth: articleTruth });
  const folder = createRunFolder(join(dir, 'bench'));
  for (const sample of stored.samples) folder.sample(sample);
  for (const line of stored.evidence) folder.evidence(line);
  folder.writeRun({ ...stored.run, status: 'complete' });
  mkdirSync(join(dir, 'faults'));
  writeFileSync(join(dir, 'faults', 'evidence.ndjson'), `${JSON.stringify(fault)}\n`);
  mkdirSync(join(dir, 'compat'));
  writeFileSync(join(dir, 'compat', 'compat.json'), JSON.stringify(matrix));
});
afterEach(() => rmSync(dir, { recursive: true }));

const joined = () =>
  joinRun(dir, join(dir, 'bench'), [join(dir, 'faults'), join(dir, 'compat')], ['claims', '--budget', '60m']);

it('several folders become one run, with the evidence of all and the command that gathered them', async () => {
  await joined();
  expect(readdirSync(dir).sort()).toEqual(['compat.json', 'evidence.ndjson', 'run.json', 'samples.ndjson']);
  const { run, samples, evidence } = await readRun(dir);
  expect(run.command).toEqual(['claims', '--budget', '60m']);
  expect(samples).toEqual(stored.samples);
  expect(evidence).toEqual([...stored.evidence, fault]);
  const whole = await readWhole(dir);
  expect(whole.beside.matrix).toEqual(matrix);
  // Lines that are no proof of the run's change none of its numbers.
  expect(whole.run.arms).toEqual(stored.run.arms);
});

it('what a try that was cut off left is written anew', async () => {
  writeFileSync(join(dir, 'evidence.ndjson.unfinished'), 'half a li');
  await joined();
  expect((await readRun(dir)).evidence).toHaveLength(stored.evidence.length + 1);
});

function asPublished({ histogram, ...sample }: Sample): Partial<Sample> {
  return tellsLatency(sample) ? { ...sample, histogram } : sample;
}

it('a published run is compressed, and reads as what it was, without histograms that nothing is told of', async () => {
  await joined();
  const to = join(dir, 'published', 'here');
  await publishRun(dir, to);
  expect(readdirSync(to).sort()).toEqual([
    'compat.json',
    'evidence.ndjson.gz',
    'run.json',
    'samples.ndjson.gz',
  ]);
  const [published, own] = [await readRun(to), await readRun(dir)];
  expect(published).toEqual({ ...own, samples: own.samples.map(asPublished) });
  expect(published.samples.filter(({ histogram }) => histogram === undefined)).not.toEqual([]);
  expect((await readWhole(to)).run).toEqual((await readWhole(dir)).run);
  // Published once more from there, it is the same.
  const again = join(dir, 'again');
  await publishRun(to, again);
  expect(await readRun(again)).toEqual(await readRun(to));
});

it('a published run names files of the machine by their names alone', async () => {
  const folder = createRunFolder(join(dir, 'own'));
  const [first] = stored.evidence;
  folder.evidence({
    ...first!,
    problem: 'no /home/me/fb/filters/a.wasm, nor /tmp/x/b.so; GET /__probe is well',
  });
  const command = ['bench', '--out', '/home/me/results/here'];
  folder.writeRun({ ...stored.run, status: 'complete', command });
  await publishRun(join(dir, 'own'), join(dir, 'public'));
  const { run, evidence } = await readRun(join(dir, 'public'));
  expect(evidence[0]!.problem).toBe('no a.wasm, nor b.so; GET /__probe is well');
  expect(run.command).toEqual(['bench', '--out', 'here']);
});

it('a run is not published that is not complete, nor over another', async () => {
  await joined();
  await expect(publishRun(dir, dir)).rejects.toThrow(/holds a run already/);
  writeRunFile(dir, { ...stored.run, status: 'interrupted' });
  await expect(publishRun(dir, join(dir, 'here'))).rejects.toThrow(/is interrupted/);
  expect(existsSync(join(dir, 'here'))).toBe(false);
});

it('a compressed file that is damaged is named', async () => {
  await joined();
  rmSync(join(dir, 'samples.ndjson'));
  writeFileSync(join(dir, 'samples.ndjson.gz'), 'no gzip');
  await expect(readRun(dir)).rejects.toThrow(/samples\.ndjson\.gz cannot be read/);
});
