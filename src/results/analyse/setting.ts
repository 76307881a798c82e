import type { ArmIdentity } from '../schema/index.js';

/**
 * What tells arms of one name apart: the Envoy where a run has several, and the runtime where it has several; empty where it has one of
 * each.
 */
export function settingsOf(arms: readonly ArmIdentity[]): (arm: ArmIdentity) => string {
  const severalEnvoys = new Set(arms.map(({ envoy }) => envoy)).size > 1;
  const severalRuntimes = new Set(arms.map(({ runtime }) => runtime)).size > 1;
  return ({ envoy, runtime }) =>
    [...(severalEnvoys ? [envoy] : []), ...(severalRuntimes ? [runtime] : [])].join(', ');
}

/** `headers on 1.40.0`; the scenario alone where nothing has to be told apart. */
export function placeText(scenario: string, setting: string | undefined): string {
  return setting ? `${scenario} on ${setting}` : scenario;
}
