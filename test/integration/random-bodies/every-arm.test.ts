import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadScenarios } from '../../../src/scenarios/load.js';
import { startArms } from './arms.js';
import { differencesOf } from './differences.js';
import type { Exchange, Outcome } from './exchange.js';
import { exchangesOf } from './exchanges.js';
import { builtInsMayDiffer } from './known-differences.js';
import { expectedOf } from './reference.js';
import { recordingUpstream } from './upstream.js';

// The same bodies in every run, so that a red test stays red; FILTERBENCH_SEED=… tries others.
const seed = Number(process.env.FILTERBENCH_SEED ?? 2_027);
const exchanges = Number(process.env.FILTERBENCH_EXCHANGES ?? 150);
// A counterexample that is short enough to be read needs no more; each try costs an exchange with every arm.
const mostTriesAfterFailure = 150;

/** Which kinds of outcome must have come about, or else the bodies would try nothing. */
const kinds: Readonly<Record<string, (expected: Outcome, exchange: Exchange) => string>> = {
  'inspect-1k': ({ status, clientBody }) => (status === 200 ? 'passes' : clientBody.toString()),
  'redact-1k': ({ upstream, clientBody }, { request, answer }) => {
    const sent = upstream?.body.equals(request.body) ? 'kept' : 'masked';
    return `request ${sent}, answer ${clientBody.equals(answer.body) ? 'kept' : 'masked'}`;
  },
  'json-rewrite-1k': ({ upstream }, { request }) =>
    upstream?.body.equals(request.body) ? 'kept' : 'changed',
  'model-routing-1k': ({ upstream }) => `${upstream?.model === 'none' ? 'none' : 'some'}, ${upstream?.route}`,
};

it.each([
  ['inspect-1k', 3],
  ['redact-1k', 4],
  ['json-rewrite-1k', 2],
  ['model-routing-1k', 3],
])('%s: random bodies give the same bytes out of every arm', { timeout: 300_000 }, async (name, outcomes) => {
  const [scenario] = await loadScenarios([name]);
  await using upstream = await recordingUpstream();
  await using living = await startArms(scenario!, upstream.address);
  const seen = new Set<string>();
  let plain = 0;
  let triesLeft = Number.POSITIVE_INFINITY;

  const holds = fc.asyncProperty(exchangesOf(scenario!), async (exchange) => {
    triesLeft -= 1;
    if (triesLeft < 0) return;
    const expected = expectedOf(scenario!, exchange);
    seen.add(kinds[name]!(expected, exchange));
    const isPlain = !builtInsMayDiffer(scenario!, exchange);
    if (isPlain) plain += 1;
    const problems = await Promise.all(
      living.arms.map(async ({ variant, connection }) => {
        if (variant === 'cpp' && !isPlain) return [];
        const check = variant === 'cpp' ? 'json' : 'bytes';
        try {
          const got = await connection.send(exchange, upstream);
          return differencesOf(expected, got, check).map((problem) => `${variant}: ${problem}`);
        } catch (error) {
          return [`${variant}: ${String(error)}`];
        }
      }),
    );
    if (problems.flat().length === 0) return;
    triesLeft = Math.min(triesLeft, mostTriesAfterFailure);
    throw new Error(problems.flat().join('\n'));
  });

  await fc.assert(holds, { seed, numRuns: exchanges });
  expect(seen.size, [...seen].join('; ')).toBe(outcomes);
  if (living.arms.some(({ variant }) => variant === 'cpp')) expect(plain).toBeGreaterThan(exchanges / 20);
});
