import { describe, expect, it } from 'vitest';
import { effortTableOf } from '../../src/report/content/effort.js';
import { reportHtml, reportMarkdown } from '../../src/report/index.js';
import { effortLines } from '../../src/report/terminal/effort.js';
import type { ArmResult, Run } from '../../src/results/schema/index.js';
import { effortEvidence, scriptEffort } from '../support/effort-evidence.js';
import { fixtureRun } from './fixture-run.js';

const run = fixtureRun();
const evidence = [
  scriptEffort(),
  effortEvidence(),
  effortEvidence({ variant: 'ext-proc/rust', build: null, noBuild: 'cc is not installed' }),
  effortEvidence({ variant: 'wasm/c', jobs: ['noop'] }),
];
const textsOf = (of: Run, variant: string) =>
  effortTableOf(of, evidence)
    ?.rows.find(({ arm }) => arm.variant === variant)
    ?.cells.map(({ text }) => text);

function withArms(change: (arm: ArmResult) => ArmResult): Run {
  return { ...run, arms: run.arms.map(change) };
}

describe('what it takes to develop', () => {
  it('is told beside start and memory of the run, a row a variant', () => {
    expect(textsOf(run, 'wasm/rust')).toEqual(['204', '1,376', '2', '13', '540', '71.3', '116', '+0']);
    // Its server's memory counts.
    expect(textsOf(run, 'ext-proc/rust')?.slice(-2)).toEqual(['116', '+6.2']);
    expect(textsOf(run, 'lua')?.slice(4, 6)).toEqual(['–', '–']);
    const start = effortTableOf(run, evidence)?.rows[0]?.cells[6];
    expect(start).toEqual({ text: '116', detail: '+0', remark: '' });
  });

  it('takes these from headers, else from the first scenario that has them', () => {
    const unmeasured = withArms((arm) =>
      arm.scenario === 'headers' && arm.variant === 'lua'
        ? { ...arm, status: 'unavailable', cpu: null, overhead: null, startMs: null, memory: null }
        : arm,
    );
    expect(textsOf(unmeasured, 'lua')?.[6]).toBe('112');
    expect(effortTableOf(run, evidence)?.footnotes[0]).toMatch(/are those of headers\.$/);
    expect(effortTableOf(unmeasured, evidence)?.footnotes[0]).toMatch(/are those of noop, headers\.$/);
  });

  it('leaves start and memory away of what was not measured, or of an invalid arm', () => {
    expect(textsOf(run, 'wasm/c')?.slice(-2)).toEqual(['–', '–']);
    const invalid = withArms((arm) => ({ ...arm, status: 'invalid', reason: 'no proof' }));
    expect(textsOf(invalid, 'wasm/rust')?.slice(-2)).toEqual(['–', '–']);
    expect(effortTableOf(invalid, evidence)?.footnotes[0]).toBe(
      'Start and memory: not measured in this run.',
    );
    const unheld = withArms((arm) => ({ ...arm, memory: null, startMs: null }));
    expect(textsOf(unheld, 'wasm/rust')?.slice(-2)).toEqual(['–', '–']);
  });

  it('takes them from the newest Envoy of the run', () => {
    const older = run.arms.map((arm) => ({ ...arm, id: `${arm.id}-old`, envoy: '1.36.4', startMs: 9_000 }));
    const both: Run = {
      ...run,
      envoys: [{ ...run.envoys[0]!, version: '1.36.4' }, ...run.envoys],
      arms: [...older, ...run.arms],
    };
    expect(textsOf(both, 'wasm/rust')?.[6]).toBe('116');
    expect(effortTableOf(both, evidence)?.footnotes[0]).toContain('headers · Envoy 1.40.0');
  });

  it('says why there was no build, and on how many cores there was one', () => {
    expect(effortTableOf(run, evidence)?.footnotes.slice(1)).toEqual([
      'Builds had 2 cores.',
      'No build of lua: nothing is compiled for it.',
      'No build of ext-proc/rust: cc is not installed.',
    ]);
  });

  it('tells what was gathered last, where that was twice', () => {
    const again = [...evidence, effortEvidence({ shell: { lines: 7, files: [] } })];
    const rows = effortTableOf(run, again)?.rows ?? [];
    expect(rows).toHaveLength(4);
    expect(rows[1]?.cells[0]?.text).toBe('7');
  });
});

describe('its section', () => {
  const beside = { matrix: null, evidence };

  it('is there where anything was gathered, and only there', () => {
    expect(reportHtml(run, [], beside)).toContain('<section id="effort"><h2>What it takes to develop</h2>');
    expect(reportMarkdown(run, [], beside)).toContain('## What it takes to develop');
    expect(reportHtml(run, [])).not.toContain('id="effort"');
    expect(reportMarkdown(run, [])).not.toContain('What it takes to develop');
  });

  it('escapes what others wrote, and breaks no table', () => {
    const evil = effortEvidence({ variant: 'a|<b>', build: null, noBuild: '<i>|no' });
    const page = reportHtml(run, [], { matrix: null, evidence: [evil] });
    expect(page).not.toMatch(/<b>|<i>/);
    const text = reportMarkdown(run, [], { matrix: null, evidence: [evil] });
    expect(text).toContain('No build of a\\|&lt;b&gt;: &lt;i&gt;\\|no.');
    const row = text.split('\n').find((line) => line.startsWith('| a\\|'));
    expect(row?.match(/(?<!\\)\|/g)).toHaveLength(10);
  });
});

describe('the same on a terminal', () => {
  it('fits into 80 columns, whatever a compiler says', () => {
    const long = effortEvidence({
      variant: 'ext-authz/typescript-grpc',
      shell: { lines: 99_999, files: [] },
      build: null,
      noBuild: `${'x'.repeat(200)} is not installed`,
    });
    for (const line of effortLines([...evidence, long], 80))
      expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('has a line a variant', () => {
    const text = effortLines(evidence, 80).join('\n');
    expect(text).toMatch(/^wasm\/rust +204 +1376 +2 +13 +540 +71\.3$/m);
    expect(text).toMatch(/^lua +0 +1376 +2 +13 +– +–$/m);
    expect(text).toMatch(/^No build of lua: nothing is compiled for it\.$/m);
  });
});
