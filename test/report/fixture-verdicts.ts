import { judgedRun } from '../../src/claims/judged-run.js';
import { loadClaims } from '../../src/claims/load.js';
import type { Evidence, Run } from '../../src/results/schema/index.js';
import { loosenedWorld, madeMatrix } from '../claims/made-matrix.js';
import { access, bodies, madeRun } from '../claims/made-run.js';
import { articleTruth } from '../claims/worlds.js';
import { madeUpProbe } from '../probes/made-up.js';
import { faultEvidence } from '../support/fault-evidence.js';

const matrix = madeMatrix(loosenedWorld);
const evidence: readonly Evidence[] = [faultEvidence(), madeUpProbe()];

/** A run of a world in which the article is right about costs, but for Lua, which costs more than Wasm with bodies. */
export function unjudgedRun(profile: 'smoke' | 'quick' = 'quick'): Promise<Run> {
  return madeRun({
    scenarios: [access, ...bodies],
    profile,
    truth: (arm) =>
      arm.variant === 'lua' && arm.scenario !== 'access' ? { envoyUs: 80 } : articleTruth(arm),
  });
}

/** The run as a bench judges it. */
export async function asBench(run: Run): Promise<Run> {
  return judgedRun(run, { matrix: null, evidence: [] }, await loadClaims());
}

/** The same with a matrix, a fault and a probe beside it: something of each area is tested. */
export async function asWhole(run: Run): Promise<Run> {
  return judgedRun(run, { matrix, evidence }, await loadClaims());
}
