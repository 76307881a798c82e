import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { ConfigBase } from '../envoy/config.js';
import type { ArtefactUsed } from '../results/schema/index.js';
import type { Inside } from '../runtime/types.js';
import { type Scenario, usesUpstream } from '../scenarios/scenario.js';
import { envoySpec } from '../session/arm.js';
import { contextOf, type EnvoyToTry, identityOf } from './attempt.js';
import type { Subject } from './subject.js';

// To be raised where attempts are made or judged in another way: what was found out before then counts no more.
const harness = 1;

// A configuration holds ports and private folders, which say nothing: here they are the same each time.
const somewhere = { host: '127.0.0.1', port: 1 };
const nowhere: Inside = {
  path: (hostPath) => basename(hostPath),
  file: (name) => name,
  bind: () => somewhere,
  socket: (name) => name,
};

/** How a subject's Envoy is started, with one port for all, and files by their names. */
export async function startOf(
  base: ConfigBase,
  envoy: EnvoyToTry,
  subject: Subject,
  scenario: Scenario,
): Promise<{ config: string; env: Readonly<Record<string, string>> }> {
  const upstream = usesUpstream(scenario) ? somewhere : null;
  const context = contextOf({ base }, envoy, scenario, { echo: somewhere, upstream });
  const spec = await envoySpec(context, identityOf(subject, envoy, scenario), subject.variant, null);
  return { config: spec.config(nowhere), env: spec.env?.(nowhere) ?? {} };
}

/**
 * sha256 of all that a subject's outcome on an Envoy hangs on.
 * @param artefacts what it is made of, and the upstream of its proofs
 */
export async function keyOf(
  base: ConfigBase,
  envoy: EnvoyToTry,
  subject: Subject,
  artefacts: readonly ArtefactUsed[],
): Promise<string> {
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(`${JSON.stringify(value)}\0`);
  add([harness, envoy.version, envoy.sha256, subject.id, artefacts.map(({ sha256 }) => sha256)]);
  for (const scenario of subject.scenarios) {
    add([await startOf(base, envoy, subject, scenario), subject.variant?.server?.protocol]);
    add([scenario.name, scenario.job, scenario.cases, scenario.load, scenario.answer]);
  }
  return hash.digest('hex');
}
