import type { Compat, CompatCell, CompatOutcome, CompatSubject } from '../../src/results/schema/index.js';

const groups: Readonly<Record<string, readonly string[]>> = {
  'dynamic-module/rust': ['1.36', '1.37', 'v0.1', 'v0.2'],
  'dynamic-module/c': ['1.36', '1.37', 'v0.1', 'v0.2'],
};
const single = ['wasm/rust', 'wasm/go', 'lua', 'ext-proc/rust', 'ext-authz/rust-grpc', 'ext-authz/rust-http'];
const builtIns = ['header_mutation', 'transform'];

const subjects: readonly CompatSubject[] = [
  ...Object.entries(groups).flatMap(([group, builds]) =>
    builds.map((abi) => subjectOf(`${group}-${abi}`, group, `ABI ${abi}`)),
  ),
  ...single.map((id) => subjectOf(id, id, null)),
  ...builtIns.map((name) => subjectOf(`built-in/${name}`, 'C++ built-in', name)),
];

function subjectOf(id: string, group: string, name: string | null): CompatSubject {
  return { id, group, name, mechanism: id.split('/')[0]!, artefacts: [] };
}

/** What becomes of a subject on an Envoy. */
export type Outcomes = (subject: string, envoy: string) => CompatOutcome;

export const envoys = ['1.36.4', '1.37.0', '1.38.2', '1.39.3', '1.40.0'];

/** A matrix as `filterbench compat` stores it. */
export function madeMatrix(outcomeOf: Outcomes, labels: readonly string[] = envoys, only = ''): Compat {
  const chosen = subjects.filter(({ id }) => id.includes(only));
  return {
    schema: 'filterbench/compat@1',
    filterbench: '0.1.0',
    command: ['compat'],
    startedAt: '2026-03-04T10:20:30.000Z',
    finishedAt: '2026-03-04T10:22:30.000Z',
    envoys: labels.map((label, index) => ({
      label,
      version: label,
      build: 'Clean',
      sha256: String(index).repeat(64),
      source: 'wheel',
      pinned: true,
      runtime: 'native',
    })),
    subjects: [...chosen],
    cells: labels.flatMap((label) => chosen.map(({ id }) => cellOf(id, label, outcomeOf(id, label)))),
  };
}

function cellOf(subject: string, envoy: string, outcome: CompatOutcome): CompatCell {
  return {
    subject,
    envoy,
    outcome,
    words: outcome === 'loads' ? null : `${envoy} has something to say of ${subject}`,
    case: null,
    moment: null,
    exit: null,
    scenarios: ['headers'],
    key: 'a'.repeat(64),
    triedAt: '2026-03-04T10:20:30.000Z',
    cached: false,
  };
}

/** The build that each Envoy was made for. */
const own: Readonly<Record<string, string>> = {
  '1.36.4': '1.36',
  '1.37.0': '1.37',
  '1.38.2': 'v0.1',
  '1.39.3': 'v0.1',
  '1.40.0': 'v0.2',
};

const isModule = (subject: string) => subject.startsWith('dynamic-module/');
const fits = (subject: string, envoy: string) => subject.endsWith(`-${own[envoy]}`);

/** As the article has it: modules are locked, all else is stable, and built-ins come and go. */
export const lockedWorld: Outcomes = (subject, envoy) => {
  if (isModule(subject)) return fits(subject, envoy) ? 'loads' : 'refused';
  return subject === 'built-in/transform' && envoy === '1.36.4' ? 'absent' : 'loads';
};

/** The other way round: every module works everywhere without a word, nothing else does, and built-ins are all there. */
export const laxWorld: Outcomes = (subject, envoy) => {
  if (isModule(subject) || subject.startsWith('built-in/')) return 'loads';
  return envoy === '1.40.0' ? 'refused' : 'loads';
};

/** From 1.38 on a module of another version gets a warning only. */
export const loosenedWorld: Outcomes = (subject, envoy) => {
  if (!isModule(subject) || fits(subject, envoy)) return 'loads';
  return envoy < '1.38' || subject.endsWith('-1.36') ? 'refused' : 'warns';
};
