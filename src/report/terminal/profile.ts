import type { ArmProfile, ProcessProfile, Profile } from '../../profiling/result.js';
import { columns } from '../format/columns.js';
import { absent, counted, us } from '../format/number.js';

const leastShownShare = 0.003;

/** A profile for a terminal: a table for each process, then what was counted. */
export function profileLines({ arms }: Profile): string[] {
  return arms.flatMap((arm) => [...armLines(arm), '']);
}

function armLines(arm: ArmProfile): string[] {
  if (arm.status !== 'valid') return [`${arm.id}: ${arm.status}: ${arm.reason}`];
  const totalUs = arm.processes.reduce((sum, { cpuUs }) => sum + cpuUs, 0);
  return [
    `${arm.id}: ${us(totalUs)} µs of CPU a request under the sampler, ${counted(arm.requests, 'request')}`,
    ...arm.processes.flatMap(processLines),
    ...(arm.files === null ? [] : [`  stacks: ${arm.files.folded}, ${arm.files.flameGraph}`]),
  ];
}

function processLines(profile: ProcessProfile): string[] {
  const shown = profile.places.filter(
    ({ share, overBaselineUs }) =>
      share >= leastShownShare || Math.abs(overBaselineUs ?? 0) >= leastShownShare * profile.cpuUs,
  );
  const left = profile.places.filter((row) => !shown.includes(row)).reduce((sum, row) => sum + row.us, 0);
  return [
    `  ${profile.process}: ${us(profile.cpuUs)} µs, ${counted(profile.samples, 'sample')}`,
    ...columns([
      ['    place', 'samples', 'share', 'µs', 'over baseline'],
      ...shown.map(({ place, samples, share, us: own, overBaselineUs }) => [
        `    ${place}`,
        String(samples),
        `${(share * 100).toFixed(1)} %`,
        own.toFixed(2),
        overBaselineUs === null ? absent : signed(overBaselineUs),
      ]),
    ]),
    ...(left > 0.005 ? [`    smaller ones: ${left.toFixed(2)} µs`] : []),
    ...countedLines(profile),
  ];
}

function countedLines({ underFilterUs, switches, syscalls }: ProcessProfile): string[] {
  return [
    ...(underFilterUs ? [`    in the filter and all that it called: ${us(underFilterUs)} µs`] : []),
    ...(switches
      ? [
          `    context switches a request: ${switches.voluntary.toFixed(3)} waiting, ${switches.forced.toFixed(3)} forced`,
        ]
      : []),
    ...(syscalls ? [`    system calls a request: ${listed(syscalls)}`] : []),
  ];
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, each]) => each >= 0.01)
    .sort(([, a], [, b]) => b - a)
    .map(([name, each]) => `${name} ${each.toFixed(2)}`)
    .join(', ');
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}
