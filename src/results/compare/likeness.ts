import { isDeepStrictEqual } from 'node:util';
import type { Load, Placement, Run, Unlikeness } from '../schema/index.js';

/** A property of a run, and how it is said. */
interface Property {
  readonly what: string;
  of(run: Run): unknown;
}

/**
 * What must be alike, or differences between runs say nothing about filters:
 * - **the machine**: processor, cores, architecture, virtualisation, governor, SMT, turbo, limit of the control group. Each changes
 *   what a µs of CPU is worth, and unlike mechanisms by unlike factors, so that no baseline cancels it.
 * - **the system**: the kernel's series (6.1, not 6.1.0-18), for its scheduler and sockets are part of every cost; the system
 *   without its point release; Node's major version, for Node is the load generator.
 * - **the placement**, core by core: whether a server shares Envoy's core is worth more than most filters.
 * - **the load**: connections, workers, rates of the open loop (their slices lie between the others), the client, and how
 *   containers are reached.
 * - **slices and profile**: the profile sets windows and warm-up, which what is cached and compiled depends on.
 * - **the instrument** that CPU was read with.
 *
 * Not among them: the number of restarts and rounds (only the width of intervals hangs on it), the seed, and what the runs are compared
 * for: Envoy and the filters.
 */
const alike: readonly Property[] = [
  { what: 'CPU', of: ({ fingerprint }) => fingerprint.cpu },
  { what: 'cores', of: ({ fingerprint }) => fingerprint.cores },
  { what: 'architecture', of: ({ fingerprint }) => fingerprint.arch },
  { what: 'kernel series', of: ({ fingerprint }) => kernelSeries(fingerprint.kernel) },
  { what: 'system', of: ({ fingerprint }) => withoutPointRelease(fingerprint.os) },
  { what: 'Node', of: ({ fingerprint }) => nodeMajor(fingerprint.node) },
  { what: 'CPU governor', of: ({ fingerprint }) => fingerprint.governor },
  { what: 'virtualisation', of: ({ fingerprint }) => fingerprint.virtualised },
  { what: 'SMT', of: ({ fingerprint }) => fingerprint.smt },
  { what: 'turbo', of: ({ fingerprint }) => fingerprint.turbo },
  { what: 'CPU limit in cores', of: ({ fingerprint }) => fingerprint.cgroupCpuLimit },
  { what: 'placement', of: ({ fingerprint }) => placementText(fingerprint.placement) },
  { what: 'load client', of: ({ fingerprint }) => entriesText(fingerprint.tools) },
  { what: 'container network', of: ({ envoys }) => distinct(envoys.map(({ network }) => network ?? null)) },
  { what: 'instrument of CPU', of: instrument },
  { what: 'profile', of: ({ profile }) => profile },
  { what: 'proofs only', of: ({ plan }) => plan.proveOnly },
  { what: 'slice in ms', of: ({ plan }) => plan.sliceMs },
  { what: 'connections', of: ({ plan }) => plan.connections },
  { what: 'rates of the open loop', of: ({ plan }) => plan.rates },
  { what: 'load', of: loads },
];

/** What may differ, and should be known: it can move a number a little, or make one run's intervals wider. */
const worthKnowing: readonly Property[] = [
  { what: 'status', of: ({ status }) => status },
  { what: 'kernel', of: ({ fingerprint }) => fingerprint.kernel },
  { what: 'system', of: ({ fingerprint }) => fingerprint.os },
  { what: 'Node', of: ({ fingerprint }) => fingerprint.node },
  { what: 'memory in MiB', of: ({ fingerprint }) => fingerprint.memoryMiB },
  { what: 'filterbench', of: ({ filterbench }) => filterbench },
  { what: 'rounds', of: ({ plan }) => plan.rounds },
];

/** All that must be alike, as it is in one run: two runs may be compared where none of it differs. */
export function likenessOf(run: Run): { readonly what: string; readonly is: string }[] {
  return alike.map(({ what, of }) => ({ what, is: said(of(run)) }));
}

/** What keeps two runs from being compared; empty where nothing does. */
export function unlikenesses(from: Run, to: Run): Unlikeness[] {
  return differing(alike, from, to);
}

/** What else is not the same; what keeps them from being compared is not said twice. */
export function notesOn(from: Run, to: Run): Unlikeness[] {
  const said = new Set(unlikenesses(from, to).map(({ what }) => what));
  const isSaid = (what: string) => said.has(what) || (what === 'kernel' && said.has('kernel series'));
  return differing(worthKnowing, from, to).filter(({ what }) => !isSaid(what));
}

function differing(properties: readonly Property[], from: Run, to: Run): Unlikeness[] {
  return properties.flatMap(({ what, of }) => {
    const [a, b] = [of(from), of(to)];
    return isDeepStrictEqual(a, b) ? [] : [{ what, from: said(a), to: said(b) }];
  });
}

function said(value: unknown): string {
  if (value === null || value === '') return 'none known';
  return Array.isArray(value) ? value.map(said).join(', ') || 'none' : String(value);
}

// 6.1.0-18-amd64 and 6.1.0-20-amd64 are patches of one series.
function kernelSeries(kernel: string): string {
  return /^\d+\.\d+/.exec(kernel)?.[0] ?? kernel;
}

// Ubuntu 24.04.2 and 24.04.3 are one system with other patches.
function withoutPointRelease(os: string): string {
  return os.replace(/(\d+\.\d+)\.\d+/, '$1');
}

function nodeMajor(node: string): string {
  return /^v?\d+/.exec(node)?.[0] ?? node;
}

function placementText(placement: Placement): string {
  if (!placement.pinned) return 'not pinned';
  const { envoyCpus, serverCpus, generatorCpus, upstreamCpus } = placement;
  const parts = { Envoy: envoyCpus, server: serverCpus, generator: generatorCpus, upstream: upstreamCpus };
  const cores = Object.entries(parts).map(([part, cpus]) => `${part} on ${cpus.join('+') || 'none'}`);
  return [...cores, ...(placement.serverSharesEnvoy ? ["server shares Envoy's"] : [])].join(', ');
}

function entriesText(tools: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(tools).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, version]) => `${name} ${version}`).join(', ');
}

// Samples name it, and the analysis warns where it is not that of native runs.
function instrument({ warnings }: Run): string[] {
  return distinct(warnings.flatMap(({ code, message }) => (code === 'cpu-of-containers' ? [message] : [])));
}

/** The loads that overheads were measured under, connections and workers. */
function loads({ arms }: Run): string[] {
  const measured = arms.flatMap(({ overhead }) => (overhead === null ? [] : [overhead]));
  return distinct(
    measured.flatMap(({ totalCpuUs, p50Us }) =>
      [totalCpuUs, ...(p50Us ? [p50Us] : [])].map(({ load }) => loadText(load)),
    ),
  );
}

function loadText(load: Load): string {
  const kind = load.loop === 'closed' ? `closed loop of ${load.connections}` : `open loop at ${load.rps}`;
  return `${kind} on ${load.workers} worker${load.workers === 1 ? '' : 's'}`;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)].sort();
}
