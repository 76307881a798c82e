import type { ConfigFragment } from '../envoy/config.js';
import type { Inside } from '../runtime/types.js';
import type { Scenario } from '../scenarios/load.js';
import type { ProofTarget } from '../scenarios/prove.js';
import type { Variables } from '../template.js';
import type { CounterRule } from './counters.js';

/** Whether a variant can do a scenario's job with an Envoy version, and why not. */
export type Support =
  | { readonly status: 'supported' }
  | { readonly status: 'unsupported' | 'unavailable'; readonly reason: string };

export const supported: Support = { status: 'supported' };

/** What a variant may look at when it is fitted to a scenario. */
export interface Job {
  readonly scenario: Scenario;
  readonly envoyVersion: string;
  /** Which filter of a row is configured, from 1; left away where there is but one, and where all are meant. */
  readonly link?: number;
}

/** The external server that a variant needs; it gets the scenario's job as a file. */
export interface ServerSpec {
  /** `helper`: no mechanism's, but the other half of a calibration's burns. */
  readonly protocol: 'ext-proc' | 'ext-proc-http' | 'ext-authz-grpc' | 'ext-authz-http' | 'helper';
  readonly transport: 'tcp' | 'uds';
  /** The executable, as a path on this host. */
  readonly program: string;
}

/** A user's own helper server. Nothing is asked of it but that it accepts connections. */
export interface OwnServerSpec {
  readonly protocol: 'own';
  readonly transport: 'tcp';
  /** The executable, as a path on this host. */
  readonly program: string;
  /** Host files that it reads, besides its program. */
  readonly reads: readonly string[];
  /** Its arguments; `listen` is `HOST:PORT`, `job` the path of the scenario's job as JSON. */
  args(inside: Inside, given: { readonly listen: string; readonly job: string }): readonly string[];
}

/** One way of writing a mechanism's filter. */
export interface Variant {
  readonly id: string;
  /** The name of the mechanism that lists it. `baseline`: it does nothing of the job, and is no mechanism's. */
  readonly mechanism: string;
  readonly class: 'in-process' | 'external';
  /** There to be compared with its siblings: measured where it is named, or in the full profile. */
  readonly aside?: true;
  /** Why it cannot run in containers; left away where it can. */
  readonly nativeOnly?: string;
  /** Which fragment of envoy-configs/ it uses. */
  readonly config: string;
  /** A fragment in place of that one. */
  readonly fragment?: ConfigFragment;
  /** The file that describes it, where a user wrote it. */
  readonly definition?: string;
  /** Names and types of the Envoy extensions that it needs: where a build lacks one, the arm is unavailable. */
  readonly extensions: readonly string[];
  readonly server: ServerSpec | OwnServerSpec | null;
  /** A job of its own in place of the scenario's. */
  readonly job?: Scenario['job'];
  support(job: Job): Support;
  /** Host files that Envoy reads for it; each must exist. */
  artefacts(job: Job): readonly string[];
  /** Files that are written for Envoy, by name: its configuration finds them by `inside.file`. Asked for each link of a row. */
  files?(job: Job): Readonly<Record<string, string>>;
  /** What its fragment may name, besides `${server}`, `${job}`, `${link}` and the scenario's tables; asked for each link of a row. */
  variables(job: Job, inside: Inside): Variables;
  env(job: Job, inside: Inside): Readonly<Record<string, string>>;
  /** Counters that cost nothing and prove that the filter ran for every request. */
  counters(job: Job): readonly CounterRule[];
  /** Counters that Envoy doesn't show: asked for through the filter itself, never while load runs. */
  ownCounters?(target: ProofTarget): Promise<Readonly<Record<string, number>>>;
}

/** One way of extending Envoy. */
export interface Mechanism {
  /** As flags, files and runs write it: lower-case letters and dashes. */
  readonly name: string;
  /** As people write it. */
  readonly title: string;
  readonly variants: readonly Variant[];
}
