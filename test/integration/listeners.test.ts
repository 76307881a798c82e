import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { openPlace, type Place } from './cli-place.js';
import { linesOf, reach } from './moments.js';

beforeAll(async () => {
  await resolveEnvoy(DEFAULT_ENVOY_VERSION);
});

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.asyncDispose]());

interface Listener {
  readonly kind: 'tcp' | 'udp' | 'unix';
  /** As /proc has it: hexadecimal, the bytes of each word backwards; or a path. */
  readonly at: string;
}

/** Inodes of the sockets that processes hold. */
function socketsOf(pids: readonly number[]): Set<string> {
  const links = pids.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

const rows = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));

/** What processes listen on, or take datagrams at (proc(5)). */
function listenersOf(pids: readonly number[]): Listener[] {
  const sockets = socketsOf(pids);
  const inet = (kind: 'tcp' | 'udp', file: string, states: readonly string[]) =>
    rows(`/proc/net/${file}`).flatMap(([, at = '', , state = '', , , , , , inode = '']) =>
      sockets.has(inode) && states.includes(state) ? [{ kind, at: at.split(':')[0] ?? '' }] : [],
    );
  const accepts = 0x1_0000;
  const unix = rows('/proc/net/unix').flatMap(([, , , flags = '', , , inode = '', at = '']): Listener[] =>
    sockets.has(inode) && (Number.parseInt(flags, 16) & accepts) !== 0 ? [{ kind: 'unix', at }] : [],
  );
  return [
    ...inet('tcp', 'tcp', ['0A']),
    ...inet('tcp', 'tcp6', ['0A']),
    ...inet('udp', 'udp', ['07']),
    ...inet('udp', 'udp6', ['07']),
    ...unix,
  ];
}

const loopback = ['0100007F', '00000000000000000000000001000000', '0000000000000000FFFF00000100007F'];
const modeOf = (path: string) => (lstatSync(path).mode & 0o777).toString(8);

/** Who can reach it; a path that begins otherwise is of the abstract namespace, where anybody may connect. */
function reachOf({ kind, at }: Listener): string {
  if (kind !== 'unix') return loopback.includes(at) ? 'loopback' : `${kind} ${at}`;
  return at.startsWith(place.dir) ? `unix, folder ${modeOf(dirname(at))}` : `unix ${at}`;
}

describe('while a run is going', () => {
  it('whatever listens does so on loopback, or on a Unix socket in a private folder', async () => {
    const out = join(place.dir, 'run');
    const what = ['--mechanisms', 'lua,ext-proc/rust-uds,ext-authz/rust-grpc', '--budget', '1s'];
    const run = place.start(['bench', '--runtime', 'native', '--profile', 'smoke', ...what, '--out', out]);
    await reach(run, () => linesOf(out, 'samples.ndjson') >= 1);
    const reaches = listenersOf(place.processes()).map(reachOf);
    const [scratch = '', ...more] = place.scratchFolders();
    const inside = readdirSync(scratch, { recursive: true, encoding: 'utf8' }).map((name) =>
      join(scratch, name),
    );
    const modes = inside.map((path) => [path, modeOf(path), lstatSync(path).isDirectory()] as const);
    run.kill('SIGINT');
    expect((await run.ended).code, run.stderr()).toBe(ExitCode.interrupted);

    // Two ports of each of seven Envoys or more, a server's own ones, and sockets of servers.
    expect(reaches.filter((reach) => reach === 'loopback').length).toBeGreaterThan(14);
    expect(new Set(reaches)).toEqual(new Set(['loopback', 'unix, folder 700']));
    expect(more).toEqual([]);
    expect(modes.filter(([, mode, isFolder]) => isFolder && mode !== '700')).toEqual([]);
  });
});
