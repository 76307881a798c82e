import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { it } from 'vitest';
import { loadScenarios } from '../../../src/scenarios/load.js';
import { startArms } from './arms.js';
import { differencesOf } from './differences.js';
import { exchangesOf } from './exchanges.js';
import { builtInsMayDiffer } from './known-differences.js';
import { expectedOf } from './reference.js';
import { recordingUpstream } from './upstream.js';

it.each(['inspect-1k', 'redact-1k', 'json-rewrite-1k', 'model-routing-1k'])(
  '%s',
  { timeout: 300_000 },
  async (name) => {
    const [scenario] = await loadScenarios([name]);
    await using upstream = await recordingUpstream();
    const t0 = Date.now();
    await using living = await startArms(scenario!, upstream.address);
    const t1 = Date.now();
    const found = new Map<string, string[]>();
    const counts = new Map<string, number>();
    const samples = fc.sample(exchangesOf(scenario!), {
      numRuns: Number(process.env.N ?? 200),
      seed: Number(process.env.SEED ?? 11),
    });
    for (const exchange of samples) {
      const odd = builtInsMayDiffer(scenario!, exchange);
      const expected = expectedOf(scenario!, exchange);
      await Promise.all(
        living.arms.map(async ({ variant, connection }) => {
          if (variant === 'cpp' && odd) return;
          let problems: string[];
          try {
            problems = differencesOf(
              expected,
              await connection.send(exchange, upstream),
              variant === 'cpp' ? 'json' : 'bytes',
            );
          } catch (error) {
            problems = [String(error)];
          }
          if (problems.length === 0) return;
          counts.set(variant, (counts.get(variant) ?? 0) + 1);
          const list = found.get(variant) ?? [];
          found.set(variant, list);
          if (list.length < 8)
            list.push(
              `${fc.stringify(exchange.request).slice(0, 700)}\n    answer ${fc.stringify(exchange.answer).slice(0, 150)}\n    ${JSON.stringify(exchange.headers)}\n    => ${problems.join('\n    => ').slice(0, 700)}`,
            );
        }),
      );
    }
    const text = [...found]
      .map(([variant, list]) => `## ${variant} ${counts.get(variant)}\n${list.join('\n--\n')}`)
      .join('\n\n');
    writeFileSync(
      `/tmp/w/survey-${name}.txt`,
      `arms ${living.arms.map(({ variant }) => variant)}\nstart ${t1 - t0} ms, ${samples.length} exchanges ${Date.now() - t1} ms\n${text}\n`,
    );
  },
);

it('cpp probes', { timeout: 60_000 }, async () => {
  const lines: string[] = [];
  for (const name of ['json-rewrite-1k', 'model-routing-1k']) {
    const [scenario] = await loadScenarios([name]);
    await using upstream = await recordingUpstream();
    await using living = await startArms(scenario!, upstream.address);
    const cpp = living.arms.find(({ variant }) => variant === 'cpp')!;
    const bodies = [
      ...[30, 60, 80, 90, 95, 97, 98, 99, 100, 101, 102, 110, 127, 128, 150].map(
        (n) => `{"a":${'['.repeat(n)}0${']'.repeat(n)},"model":"gpt-huge"}`,
      ),
      `{"a":{"x":1,"x":2}}`,
      `{"a":12345678901234567,"model":"gpt-large"}`,
      `{"a":9223372036854775807,"model":"gpt-large"}`,
      `{"a":1E+100,"model":"gpt-large"}`,
    ];
    for (const body of bodies) {
      const request = { body: Buffer.from(body), cuts: [], framing: 'content-length' as const };
      const answer = { body: Buffer.from('ok'), cuts: [], framing: 'content-length' as const };
      try {
        const got = await cpp.connection.send(
          { headers: { 'content-type': 'application/json' }, request, answer },
          upstream,
        );
        lines.push(
          `${name} ${body.slice(0, 60)} (${body.length}) => ${got.status} ${got.upstream?.body.toString().slice(-60)} model=${got.upstream?.model} route=${got.upstream?.route}`,
        );
      } catch (error) {
        lines.push(`${name} ${body.slice(0, 60)} => ${String(error)}`);
      }
    }
  }
  writeFileSync('/tmp/w/survey-cpp.txt', `${lines.join('\n')}\n`);
});
