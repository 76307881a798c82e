import type { Support } from '../mechanisms/types.js';
import type { Inside } from '../runtime/types.js';
import type { Variables } from '../template.js';
import type { FaultyServer } from './server.js';

/** What goes wrong. */
export type Strike =
  /** A request with these headers makes the filter fail, or several, one after another on one worker. */
  | {
      readonly kind: 'request';
      readonly headers: Readonly<Record<string, string>>;
      readonly times: number;
    }
  /** Envoy's process gets a signal. */
  | { readonly kind: 'signal'; readonly name: 'SIGSEGV' }
  /** A server outside is struck, and set right again later. */
  | {
      readonly kind: 'server';
      readonly protocol: 'ext-proc' | 'ext-authz-grpc';
      /** `relay`: all bytes between Envoy and the server pass through us, and may be bent. */
      readonly path: 'direct' | 'relay';
      strike(server: FaultyServer): Promise<void>;
      lift(server: FaultyServer): Promise<void>;
    };

/** A fault of a filter that stands in an Envoy of ours, and how it is brought about. */
export interface Fault {
  readonly mechanism: string;
  /** The filter that fails, such as `wasm/c`. */
  readonly variant: string;
  readonly name: string;
  /** What Envoy is told to do when the filter fails; null where there is no such choice. */
  readonly policy: string | null;
  /** What happens, in a few words. */
  readonly title: string;
  readonly strike: Strike;
  /** The most memory that it takes by itself. */
  readonly takesMiB: number;
  /** What Envoy may take beyond what it has before the fault; left away where it is not limited. */
  readonly headroomMiB?: number;
  /** Names and types of the extensions that it needs: a build that lacks one cannot be injured like this. */
  readonly extensions: readonly string[];
  support(envoyVersion: string): Support;
  /** Host files that Envoy reads. */
  reads(envoyVersion: string): readonly string[];
  /** What its fragment in envoy-configs/faults may name, besides `${server}`. */
  variables(envoyVersion: string, inside: Inside): Variables;
  env(envoyVersion: string, inside: Inside): Readonly<Record<string, string>>;
}

/** Tells a fault from all others: `wasm/c:trap@FAIL_OPEN`. */
export function faultId({ variant, name, policy }: Pick<Fault, 'variant' | 'name' | 'policy'>): string {
  return `${variant}:${name}${policy === null ? '' : `@${policy}`}`;
}
