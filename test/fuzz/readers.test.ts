import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgedRun } from '../../src/claims/judged-run.js';
import { loadClaims } from '../../src/claims/load.js';
import { newConfigFile } from '../../src/config-file/new-file.js';
import { readConfigFile } from '../../src/config-file/read.js';
import { BadInputError } from '../../src/errors.js';
import { readOwnVariants } from '../../src/mechanisms/own/index.js';
import { packagePaths } from '../../src/paths.js';
import { createRunFolder, readWhole } from '../../src/results/store/index.js';
import { loadFamily } from '../../src/scenarios/load-family.js';
import { headers, madeStoredRun } from '../claims/made-run.js';
import { articleTruth } from '../claims/worlds.js';
import { mutated, mutations, withValueAt } from './mutations.js';

const dir = mkdtempSync(join(tmpdir(), 'filterbench-fuzz-'));
afterAll(() => rmSync(dir, { recursive: true }));

const seed = 20_261_127;
const numRuns = 150;

/** Reads what it can; anything but a refusal that says what, where and what to do next is a defect. */
async function readsOrRefuses(read: () => Promise<unknown>, names: string): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    expect(error.message).toContain(names);
    expect(error.message.length).toBeLessThan(2_000);
    expect(error.next).not.toBe('');
  }
}

describe('a file that a person wrote, with anything done to it', () => {
  const root = (...path: string[]) => join(packagePaths.root, ...path);
  const config = newConfigFile().replace(/^# (?=[a-zA-Z]+:)/gm, '');

  it.each([
    ['scenario', 'chain.yaml', readFileSync(root('scenarios', 'chain.yaml'), 'utf8'), loadFamily],
    [
      'scenario with bodies',
      'redact.yaml',
      readFileSync(root('scenarios', 'redact.yaml'), 'utf8'),
      loadFamily,
    ],
    ['list of claims', 'claims.yaml', readFileSync(root('scenarios', 'claims.yaml'), 'utf8'), loadClaims],
    ['configuration', 'filterbench.config.yaml', config, readConfigFile],
  ])('a %s is read or refused', async (_, name, text, read) => {
    const path = join(dir, name);
    await fc.assert(
      fc.asyncProperty(mutations, async (list) => {
        writeFileSync(path, mutated(text, list));
        await readsOrRefuses(() => read(path), name);
      }),
      { seed, numRuns },
    );
  });

  it('a filter of the user is read or refused', async () => {
    cpSync(root('examples', 'own-lua'), join(dir, 'own'), { recursive: true });
    const path = join(dir, 'own', 'my-filter.yaml');
    const text = readFileSync(path, 'utf8');
    await fc.assert(
      fc.asyncProperty(mutations, async (list) => {
        writeFileSync(path, mutated(text, list));
        await readsOrRefuses(() => readOwnVariants([path]), 'my-filter.yaml');
      }),
      { seed, numRuns },
    );
  });
});

describe('a stored run, with anything done to one of its files', () => {
  const folder = join(dir, 'run');
  const texts = new Map<string, string>();
  beforeAll(async () => {
    const arms = { scenarios: [headers], variants: ['lua'], twins: ['lua'], restarts: 2 };
    const stored = await madeStoredRun({ ...arms, truth: articleTruth });
    const writer = createRunFolder(folder);
    for (const sample of stored.samples) writer.sample(sample);
    for (const line of stored.evidence) writer.evidence(line);
    writer.writeRun(stored.run);
    for (const file of ['run.json', 'samples.ndjson', 'evidence.ndjson'])
      texts.set(file, readFileSync(join(folder, file), 'utf8'));
  });

  const readAll = async () => {
    const { run, beside } = await readWhole(folder);
    return judgedRun(run, beside, await loadClaims());
  };

  it.each(['run.json', 'samples.ndjson', 'evidence.ndjson'])(
    '%s: read, analysed and judged, or refused',
    async (file) => {
      const text = texts.get(file) ?? '';
      await fc.assert(
        fc.asyncProperty(mutations, async (list) => {
          writeFileSync(join(folder, file), mutated(text, list));
          await readsOrRefuses(readAll, file);
        }),
        { seed, numRuns: 60 },
      );
      writeFileSync(join(folder, file), text);
    },
  );

  it.each(['run.json', 'samples.ndjson', 'evidence.ndjson'])('%s: a value of another kind', async (file) => {
    const text = texts.get(file) ?? '';
    const lines = file === 'run.json' ? [text] : text.trimEnd().split('\n');
    const anything = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(-1, 1e308, 0, '', null));
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), anything, async (line, part, instead) => {
        const at = line % lines.length;
        const value = withValueAt(JSON.parse(lines[at] ?? ''), part, instead);
        writeFileSync(join(folder, file), `${lines.with(at, JSON.stringify(value)).join('\n')}\n`);
        await readsOrRefuses(readAll, file);
      }),
      { seed, numRuns: 60 },
    );
    writeFileSync(join(folder, file), text);
  });
});
