import { shuffle } from 'simple-statistics';
import type { BodySource } from './bodies.js';
import type { LoadRequest, Scenario } from './scenario.js';

/** A request of the load mix with every header drawn. */
export interface ConcreteRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: BodySource;
  readonly expect: LoadRequest['expect'];
}

/**
 * The mix of one restart, in shuffled order: each entry as often as it repeats, with keys drawn from the tables.
 * @param random numbers in [0, 1)
 */
export function drawMix({ load, tables }: Scenario, random: () => number): ConcreteRequest[] {
  const mix = load.flatMap(({ repeat, request, expect }) =>
    Array.from(
      { length: repeat },
      (): ConcreteRequest => ({
        method: request.method,
        path: '/',
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [
            name,
            typeof value === 'string' ? value : pickKey(tables[value.pick] ?? {}, random),
          ]),
        ),
        ...(request.body && { body: request.body }),
        expect,
      }),
    ),
  );
  return shuffle(mix, random);
}

function pickKey(table: Readonly<Record<string, string>>, random: () => number): string {
  const keys = Object.keys(table);
  return keys[Math.floor(random() * keys.length)] ?? '';
}
