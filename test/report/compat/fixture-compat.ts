import type { Compat, CompatCell, CompatOutcome, CompatSubject } from '../../../src/results/schema/index.js';

const labels = ['1.36.4', '1.37.0', '1.38.3', '1.39.3', '1.40.0'];

function subject(id: string, group: string, name: string | null, mechanism: string): CompatSubject {
  return { id, group, name, mechanism, artefacts: [] };
}

const subjects = [
  subject('baseline', 'no filter', null, 'baseline'),
  ...['rust', 'c'].flatMap((language) =>
    ['1.36', '1.37', 'v0.1', 'v0.2'].map((abi) =>
      subject(
        `dynamic-module/${language}-${abi}`,
        `dynamic-module/${language}`,
        `ABI ${abi}`,
        'dynamic-module',
      ),
    ),
  ),
  subject('wasm/assemblyscript', 'wasm/assemblyscript', null, 'wasm'),
  subject('ext-authz/rust-grpc', 'ext-authz/rust-grpc', null, 'ext-authz'),
  subject('built-in/json_to_metadata', 'C++ built-in', 'json_to_metadata', 'cpp'),
  subject('built-in/buffer', 'C++ built-in', 'buffer', 'baseline'),
];

const loads = { outcome: 'loads', words: null, case: null, moment: null, exit: null } as const;
const unlike: Readonly<Record<string, Partial<CompatCell> & { outcome: CompatOutcome }>> = {
  'wasm/assemblyscript 1.38.3': { outcome: 'absent', words: 'compiled without support' },
  'ext-authz/rust-grpc 1.40.0': {
    outcome: 'misbehaves',
    words: 'status 403, expected 200',
    case: 'a header is set',
  },
  'built-in/json_to_metadata 1.36.4': {
    ...{ outcome: 'dies', words: 'Caught Segmentation fault', case: 'load mix', moment: 'request' },
    exit: { code: null, signal: 'SIGSEGV' },
  },
  'built-in/buffer 1.36.4': {
    ...{ outcome: 'dies', words: 'it printed nothing', moment: 'stop', exit: { code: 3, signal: null } },
  },
};

// Rust and C hear the same words; each pair of a build and an Envoy others.
function ofModule(id: string, label: string): Partial<CompatCell> {
  const abi = id.slice(id.lastIndexOf('-') + 1);
  const words = `ABI version mismatch: got ${abi.repeat(12)}, but expected that of ${label}`;
  if (label.startsWith('1.36') || label.startsWith('1.37'))
    return label.startsWith(abi) ? {} : { outcome: 'refused', words, exit: { code: 1, signal: null } };
  return abi === 'v0.2' ? {} : { outcome: 'warns', words };
}

/** What the command finds out: five Envoys, every outcome, and more words than one digit can count. */
export function fixtureCompat(): Compat {
  const cells = labels.flatMap((label) =>
    subjects.map(
      ({ id, mechanism }): CompatCell => ({
        subject: id,
        envoy: label,
        ...loads,
        ...(mechanism === 'dynamic-module' ? ofModule(id, label) : unlike[`${id} ${label}`]),
        scenarios: ['headers'],
        key: 'a'.repeat(64),
        triedAt: '2026-03-04T10:20:30.000Z',
        cached: false,
      }),
    ),
  );
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
    subjects,
    cells,
  };
}
