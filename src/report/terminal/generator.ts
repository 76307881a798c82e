import type { GeneratorMeasurement } from '../../results/schema/index.js';
import { columns } from '../format/columns.js';

/** What the load generator can do by itself, and how it compares with wrk, for a terminal. */
export function generatorLines({ ceilings, lateness, comparisons }: GeneratorMeasurement): string[] {
  const whole = (value: number) => value.toFixed(0);
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  return [
    'closed loop against the direct response, as it is used: it never sleeps',
    ...columns([
      ['  connections', 'rps', 'p50 µs', 'generator', 'Envoy', 'own µs', 'loop delay µs'],
      ...ceilings.map((one) => [
        `  ${one.connections}`,
        whole(one.rps),
        one.p50Us.toFixed(1),
        percent(one.generatorBusy),
        percent(one.envoyBusy),
        one.ownUs.toFixed(1),
        whole(one.eventLoopDelayUs),
      ]),
    ]),
    '',
    'open loop: how late requests are sent',
    ...columns([
      ['  rate', 'mean µs', 'most µs', 'generator', 'p50 µs'],
      ...lateness.map((one) => [
        `  ${one.rps}/s`,
        one.sendLagMeanUs.toFixed(1),
        whole(one.sendLagMaxUs),
        percent(one.generatorBusy),
        one.p50Us.toFixed(1),
      ]),
    ]),
    '',
    ...(comparisons === null
      ? ['wrk is not installed: there is nothing to compare with']
      : wrkLines(comparisons)),
  ];
}

function wrkLines(comparisons: NonNullable<GeneratorMeasurement['comparisons']>): string[] {
  return [
    'beside wrk on the same core, in interleaved pairs, both asleep until an answer comes',
    ...columns([
      ['  connections', 'rps', 'of wrk', 'p50 µs', 'less wrk'],
      ...comparisons.map(({ connections, ours, throughputRatio, p50DifferenceUs }) => [
        `  ${connections}`,
        ours.rps.toFixed(0),
        `${throughputRatio.toFixed(2)} ×`,
        ours.p50Us.toFixed(1),
        `${p50DifferenceUs.toFixed(1)} µs`,
      ]),
    ]),
  ];
}
