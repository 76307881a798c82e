import { execa } from 'execa';
import { FailedError } from '../../errors.js';
import { launchPrefix } from '../../runtime/launch-prefix.js';
import type { TcpAddress } from '../../runtime/types.js';

/** What wrk says of one run. */
export interface WrkResult {
  readonly requests: number;
  readonly rps: number;
  /**
   * wrk corrects its latencies for coordinated omission by the mean interval (stats_correct in its wrk.c), so that pauses of
   * the machine move its percentiles up a little; a median hardly.
   */
  readonly p50Us: number;
}

export interface WrkRun {
  readonly target: TcpAddress;
  readonly path: string;
  readonly connections: number;
  /** wrk knows whole seconds only. */
  readonly seconds: number;
  /** Cores that it may use; empty: any. */
  readonly cpus: readonly number[];
}

/** Whether wrk is installed here. */
export async function hasWrk(): Promise<boolean> {
  // It says its version and ends with 1, as it does without a URL.
  const { stdout } = await execa('wrk', ['-v'], { reject: false });
  return String(stdout).startsWith('wrk ');
}

/**
 * Runs wrk with one thread.
 * @throws FailedError where it fails, or where any answer was not 2xx or 3xx.
 */
export async function runWrk({ target, path, connections, seconds, cpus }: WrkRun): Promise<WrkResult> {
  const url = `http://${target.host}:${target.port}${path}`;
  const [command = 'wrk', ...args] = [
    ...(await launchPrefix(cpus)),
    ...['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency', url],
  ];
  const { stdout, stderr, failed } = await execa(command, args, { reject: false });
  const result = failed ? null : parseWrk(stdout);
  if (result) return result;
  throw new FailedError(
    `wrk did not measure ${url}: ${stderr || stdout}`,
    'see whether Envoy is still alive',
  );
}

const usOf: Readonly<Record<string, number>> = { us: 1, ms: 1e3, s: 1e6 };

/** Reads what wrk prints; null where it is not a clean result. */
export function parseWrk(text: string): WrkResult | null {
  if (/^ +(Socket errors|Non-2xx)/m.test(text)) return null;
  const requests = /^ +(\d+) requests in /m.exec(text)?.[1];
  const rps = /^Requests\/sec: +([\d.]+)/m.exec(text)?.[1];
  const [, p50, unit = ''] = /^ +50% +([\d.]+)(us|ms|s)$/m.exec(text) ?? [];
  const scale = usOf[unit];
  if (requests === undefined || rps === undefined || p50 === undefined || scale === undefined) return null;
  return { requests: Number(requests), rps: Number(rps), p50Us: Number(p50) * scale };
}
