import { judgedRun } from '../../src/claims/judged-run.js';
import { loadClaims } from '../../src/claims/load.js';
import { type DrawnChart, drawCharts } from '../../src/report/index.js';
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

/** That run judged both ways, and the charts of the bench. */
export async function judgedRuns(): Promise<{ bench: Run; whole: Run; drawn: DrawnChart[] }> {
  const run = await unjudgedRun();
  const bench = await asBench(run);
  return { bench, whole: await asWhole(run), drawn: await drawCharts(bench) };
}

export const tested = (run: Run) => run.verdicts.filter(({ word }) => word !== 'not tested');
export const opinions = (run: Run) => run.verdicts.filter(({ area }) => area === 'opinion');
