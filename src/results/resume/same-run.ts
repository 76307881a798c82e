import { isDeepStrictEqual } from 'node:util';
import type { PlannedArm, RunHeader } from '../analyse/index.js';
import type { Fingerprint, Run } from '../schema/index.js';

/**
 * What is not as it was when a run began; none of it may be, for the restarts of one run are samples of one thing.
 * @param now what the same command gives here and now
 * @returns a text each; empty where the run can be gone on with.
 */
export function differencesFrom(
  then: Run,
  now: RunHeader,
  planned: readonly PlannedArm[],
): readonly string[] {
  return [
    ...changed('filterbench', then.filterbench, now.filterbench),
    ...machineOf(then.fingerprint).flatMap(([name, value]) =>
      changed(name, value, new Map(machineOf(now.fingerprint)).get(name)),
    ),
    ...contentsOf('Envoy', then.envoys.map(envoyText), now.envoys.map(envoyText)),
    ...contentsOf('artefact', then.artefacts.map(artefactText), now.artefacts.map(artefactText)),
    ...contentsOf(
      'arm',
      then.arms.map(({ id }) => id),
      planned.map(({ identity }) => identity.id),
    ),
    ...(isSame(
      [then.seed, then.profile, then.plan, then.scenarios],
      [now.seed, now.profile, now.plan, now.scenarios],
    )
      ? []
      : ['the command gives another plan here']),
  ];
}

// Of a fingerprint; the rest tells how busy the machine was at the time.
const machineFields = [
  'cpu',
  'cores',
  'memoryMiB',
  'kernel',
  'os',
  'arch',
  'node',
  'governor',
  'virtualised',
  'smt',
  'turbo',
  'cgroupCpuLimit',
  'placement',
  'tools',
] as const satisfies readonly (keyof Fingerprint)[];

function machineOf(fingerprint: Fingerprint): [string, unknown][] {
  return machineFields.map((name) => [name, fingerprint[name]]);
}

function envoyText({ version, runtime, network, sha256 }: Run['envoys'][number]): string {
  return `${version}, ${runtime}${network === undefined ? '' : ` (${network})`}, sha256 ${sha256}`;
}

function artefactText({ path, sha256 }: Run['artefacts'][number]): string {
  return `${path}, sha256 ${sha256}`;
}

function changed(name: string, then: unknown, now: unknown): string[] {
  return isSame(then, now) ? [] : [`${name} was ${textOf(then)} and is ${textOf(now)}`];
}

const mostNamed = 3;

function contentsOf(what: string, then: readonly string[], now: readonly string[]): string[] {
  const gone = then.filter((one) => !now.includes(one)).map((one) => `${what} ${one} is not there`);
  const come = now.filter((one) => !then.includes(one)).map((one) => `${what} ${one} was not there`);
  const all = [...gone, ...come];
  return all.length <= mostNamed ? all : [...all.slice(0, mostNamed), `${all.length - mostNamed} more`];
}

// As stored: what is left away and what is undefined are the same.
function isSame(then: unknown, now: unknown): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(then)), JSON.parse(JSON.stringify(now)));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
