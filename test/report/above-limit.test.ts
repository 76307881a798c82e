import { expect, it } from 'vitest';
import { reportHtml, reportMarkdown } from '../../src/report/index.js';
import type { AboveLimit, Run } from '../../src/results/schema/index.js';
import { runSchema } from '../../src/results/schema/index.js';
import { seriesRun } from './fixture-series.js';

const mebibyte = 1_024 * 1_024;
const refused: AboveLimit = {
  way: 'request',
  limitBytes: 4 * mebibyte,
  sentBytes: 5 * mebibyte,
  status: 413,
  arrivedBytes: null,
  outcome: 'refused',
};

const facts: Readonly<Record<string, AboveLimit[]>> = {
  baseline: [{ ...refused, status: 200, arrivedBytes: 5 * mebibyte, outcome: 'unfiltered' }],
  cpp: [refused, { ...refused, way: 'response', status: null, outcome: 'hangs' }],
  lua: [{ ...refused, status: 200, arrivedBytes: 4 * mebibyte, outcome: 'partly' }],
};

function withFacts(): Run {
  const run = seriesRun();
  return {
    ...run,
    arms: run.arms.map((arm) => {
      const aboveLimit = facts[arm.variant];
      return arm.scenario !== 'model-routing-1k' || aboveLimit === undefined ? arm : { ...arm, aboveLimit };
    }),
  };
}

it('shows what became of bodies above the limit, once a series', () => {
  const run = withFacts();
  runSchema.parse(run);
  const text = reportMarkdown(run, []);
  expect(text.match(/Above the buffer limit/g)).toHaveLength(1);
  expect(text).toContain('one body of 5 MiB, where Envoy may hold 4 MiB');
  expect(text).toContain(`| Variant | Request | Response |
| --- | ---: | ---: |
| baseline | 200: passed on as it was | – |
| cpp | 413: refused | no answer in time |
| lua | 200: passed on, partly done, cut to 4194304 bytes | – |
`);
  const page = reportHtml(run, []);
  expect(page).toContain('<h4>Above the buffer limit (model-routing)</h4>');
  expect(page).toContain('<td>413: refused</td>');
});

it('says nothing where nothing was sent, as in runs of before', () => {
  const run = seriesRun();
  runSchema.parse(run);
  expect(reportHtml(run, []) + reportMarkdown(run, [])).not.toContain('Above the buffer limit');
});
