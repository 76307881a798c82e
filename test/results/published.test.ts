import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { judgedRun } from '../../src/claims/judged-run.js';
import { loadClaims } from '../../src/claims/load.js';
import { packagePaths } from '../../src/paths.js';
import { readRun, readWhole, runFiles } from '../../src/results/store/index.js';

const results = join(packagePaths.root, 'results');
const published = readdirSync(results).filter((name) => existsSync(join(results, name, runFiles.run)));
const text = (...path: string[]) => readFileSync(join(packagePaths.root, ...path), 'utf8');
// Of an hour of measuring samples and evidence have 3 MiB; charts as PNG are 7.
const largestMiB = 24;

it('there is a published run', () => {
  expect(published.length).toBeGreaterThan(0);
});

describe.each(published)('the published run %s', (name) => {
  const dir = join(results, name);

  it('gives its numbers and verdicts again, from its samples and evidence alone', async () => {
    const stored = (await readRun(dir)).run;
    const { run, beside } = await readWhole(dir);
    const { verdicts, ...again } = judgedRun(run, beside, await loadClaims());
    const { verdicts: before, ...numbers } = stored;
    expect(again).toEqual(numbers);
    // Their sentences may be put better one day; what they say may not change.
    const saidBy = (all: typeof verdicts) => all.map(({ claim, word, since }) => ({ claim, word, since }));
    expect(saidBy(verdicts)).toEqual(saidBy(before));
    expect(stored.status).toBe('complete');
  }, 120_000);

  it('is small, and names no folder of the machine that it comes from', () => {
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const bytes = files.map(({ parentPath, name: file }) => statSync(join(parentPath, file)).size);
    expect(bytes.reduce((sum, each) => sum + each, 0) / 2 ** 20).toBeLessThan(largestMiB);
    const isText = ({ name: file }: { name: string }) => /\.(?:json|html|md|svg)$/.test(file);
    const folders = /\/(?:tmp|home|root)\//;
    for (const { parentPath, name: file } of files.filter(isText)) {
      expect(readFileSync(join(parentPath, file), 'utf8'), file).not.toMatch(folders);
    }
    const evidence = gunzipSync(readFileSync(join(dir, 'evidence.ndjson.gz'))).toString();
    expect(folders.exec(evidence)?.[0]).toBeUndefined();
  });

  it('is shown by README, with each verdict that contradicts the article explained in docs/findings.md', async () => {
    expect(text('README.md')).toContain(`results/${name}/`);
    const { verdicts } = (await readRun(dir)).run;
    const against = verdicts.filter(({ word }) => word === 'refuted' || word === 'outdated');
    const sections = text('docs', 'findings.md').split(/^### /m).slice(1);
    const explained = sections.map((section) => ({
      claim: section.split(':')[0],
      reproduces: /```sh\nnpx filterbench /.test(section),
      saysWhy: /^Why: /m.test(section),
    }));
    for (const { claim } of against) {
      expect(explained).toContainEqual({ claim, reproduces: true, saysWhy: true });
    }
  }, 120_000);
});
