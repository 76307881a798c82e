import { Command } from 'commander';
import type { ExitCodeValue } from '../../errors.js';
import { natural, precision, runFlags } from '../run/flags.js';
import { testCompare } from './compare.js';
import { testGenerator } from './generator.js';
import { type IdenticalFlags, testIdentical } from './identical.js';
import { testLatency } from './latency.js';
import { testRuntimes } from './runtimes.js';

interface SelftestFlags extends IdenticalFlags {
  generator: boolean;
  latency: boolean;
  runtimes: boolean;
  compare: boolean;
}

/** `filterbench selftest`: holds the harness itself against known truths. */
export function selftestCommand(interrupt: () => AbortSignal, exit: (code: ExitCodeValue) => void): Command {
  const command = new Command('selftest')
    .description('compare identical Envoys: what comes out is the error of this machine and this harness')
    .option('--aa <pairs>', 'how many pairs, each of two Envoys of its own', natural, 10)
    .option('--precision <width>', 'go on until every pair is this narrow, such as 0.5us', precision)
    .option('--generator', 'measure the load generator instead, beside wrk where it is installed', false)
    .option('--latency', 'measure latency instead, of a slow upstream and of one that stalls', false)
    .option('--runtimes', 'measure every mechanism natively and in containers instead', false)
    .option(
      '--compare',
      'measure the same twice, then with a known change in one arm: does "compare" tell? (--budget is of each)',
      false,
    );
  return runFlags(command).action(async (flags: SelftestFlags) => {
    exit(await testOf(flags)(flags, interrupt()));
  });
}

function testOf({ generator, latency, runtimes, compare }: SelftestFlags) {
  if (compare) return testCompare;
  if (generator) return testGenerator;
  if (latency) return testLatency;
  return runtimes ? testRuntimes : testIdentical;
}
