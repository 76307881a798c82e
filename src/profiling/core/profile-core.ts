import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FailedError } from '../../errors.js';
import { run } from '../../filters/command.js';
import { nativeToolchain } from '../../filters/toolchain.js';
import { bodyBytes } from '../../load/body-bytes.js';
import { packagePaths } from '../../paths.js';
import { jobOfServer, type Scenario } from '../../scenarios/scenario.js';
import { type FunctionInstructions, runCallgrind } from './callgrind.js';

/** What the core does for one request of a scenario, natively. */
export interface CoreProfile {
  readonly scenario: string;
  readonly bodyBytes: number;
  /** Of the commonest request of the load mix. */
  readonly instructionsPerRequest: number;
  /** Largest first, for one request. */
  readonly functions: readonly FunctionInstructions[];
}

// Callgrind counts: more runs only even out what the first one sets up.
const times = 4;
const example = 'profile';

/**
 * Builds the core's example with the names of its functions, in a folder of its own: shipped filters stay as they are.
 * @returns its path.
 * @throws MissingError without Rust; FailedError where it does not compile.
 */
export async function buildCoreExample(signal: AbortSignal): Promise<string> {
  await nativeToolchain();
  const targetDir = join(packagePaths.filters, 'target');
  const args = ['build', '--release', '--locked', '-p', 'filterbench-core', '--example', example];
  const env = {
    CARGO_TARGET_DIR: targetDir,
    CARGO_PROFILE_RELEASE_STRIP: 'none',
    CARGO_PROFILE_RELEASE_DEBUG: 'line-tables-only',
  };
  await run('cargo', args, { cwd: packagePaths.filters, env, signal });
  return join(targetDir, 'release', 'examples', example);
}

/**
 * Counts the instructions of a scenario's job over the commonest request of its load.
 * @throws FailedError where callgrind fails or saw nothing.
 */
export async function profileCore(
  program: string,
  scenario: Scenario,
  signal: AbortSignal,
): Promise<CoreProfile> {
  const dir = mkdtempSync(join(tmpdir(), 'filterbench-core-'));
  try {
    const [commonest] = [...scenario.load].sort((a, b) => b.repeat - a.repeat);
    const source = commonest?.request.body;
    const body = source ? bodyBytes(source) : Buffer.alloc(0);
    const files = { job: join(dir, 'job.json'), body: join(dir, 'body') };
    writeFileSync(files.job, JSON.stringify(jobOfServer(scenario)));
    writeFileSync(files.body, body);
    const words = [program, String(times), files.job, files.body];
    const functions = await runCallgrind(words, { within: 'one_request', file: join(dir, 'out'), signal });
    if (functions.length === 0)
      throw new FailedError('callgrind saw no request', 'see whether the example still has "one_request"');
    const each = functions.map(({ name, instructions }) => ({
      name: name.replaceAll(packagePaths.filters, 'filters'),
      instructions: Math.round(instructions / times),
    }));
    return {
      scenario: scenario.name,
      bodyBytes: body.length,
      instructionsPerRequest: each.reduce((sum, { instructions }) => sum + instructions, 0),
      functions: each,
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
