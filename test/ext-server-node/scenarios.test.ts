import { describe, expect, it } from 'vitest';
import { parseJob } from '../../src/ext-server-node/jobs/config.js';
import { familyNames, loadScenarios } from '../../src/scenarios/load.js';
import { jobOfLink, linksOf, type Scenario } from '../../src/scenarios/scenario.js';
import type { ScenarioCase } from '../../src/scenarios/schema.js';
import { type Message, through } from './through.js';

/** The jobs of a scenario's filters, in the order in which they stand. */
function jobsOf(scenario: Scenario) {
  return Array.from({ length: linksOf(scenario) }, (_, index) =>
    parseJob(JSON.stringify(jobOfLink(scenario, index + 1))),
  );
}

function compare(
  got: Message,
  expected: { headers: Record<string, string | null>; body?: string | undefined; json?: unknown },
  before: Message,
): void {
  for (const [name, value] of Object.entries({ ...before.headers, ...expected.headers })) {
    expect(got.headers[name] ?? null, name).toBe(value);
  }
  if (expected.json === undefined) expect(got.body.toString()).toBe(expected.body ?? before.body.toString());
  else expect(JSON.parse(got.body.toString())).toEqual(expected.json);
}

function check(scenario: Scenario, { request, answer, expect: expected }: ScenarioCase): void {
  const sent = { headers: request.headers, body: Buffer.from(request.body ?? '') };
  const answered = { headers: answer?.headers ?? {}, body: Buffer.from(answer?.body ?? 'ok') };
  const { upstream, client } = through(jobsOf(scenario), sent, answered);
  expect(client.status).toBe(expected.client.status);
  if (expected.upstream === null || upstream === null) {
    expect(upstream).toBe(expected.upstream);
    compare(client, expected.client, { headers: {}, body: client.body });
  } else {
    compare(upstream, expected.upstream, sent);
    compare(client, expected.client, answered);
  }
}

const scenarios = await loadScenarios(await familyNames());
// Sizes of load bodies change no case; lengths of a chain do.
const distinct = scenarios.filter(
  ({ rung, family }, index) =>
    rung?.quantity === 'filters' || scenarios.findIndex((other) => other.family === family) === index,
);

describe.each(distinct)('$name', (scenario) => {
  it.each(scenario.cases)('$name', (item) => check(scenario, item));
});

describe('the scenarios', () => {
  it('are all there are, so that none is passed over', () => {
    const jobs = new Set(distinct.map(({ job }) => job.job));
    for (const job of [
      'noop',
      'headers',
      'access',
      'lookup',
      'jwt',
      'model-routing',
      'inspect',
      'redact',
      'json-rewrite',
    ])
      expect(jobs).toContain(job);
  });
});
