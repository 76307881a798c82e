/** How late bytes of a slow server come: well within the second that Envoy waits for an answer. */
export const slowMs = 100;

/** What happens, in a few words, by the name of a fault; alike in every filter that has a fault of that name. */
export const faultTitles = {
  kill: 'kill_request raises SIGABRT',
  segv: 'Envoy gets SIGSEGV, as a bad pointer in compiled-in code would raise it',
  error: 'error() is called',
  trap: 'it traps',
  traps: 'it traps 3 times',
  'panic-caught': 'it panics, and its guard answers 500',
  'panic-uncaught': 'it panics, and nothing catches that',
  abort: 'it calls abort()',
  null: 'it writes to address 0',
  'out-of-bounds': 'it writes beyond its memory',
  loop: 'it loops for ever',
  memory: 'it keeps 256 MiB',
  exhaust: 'it takes all memory that it gets',
  killed: 'its server is killed, and started again',
  hung: 'its server is stopped by SIGSTOP, and continued',
  slow: `its server's bytes come ${slowMs} ms late`,
  garbage: 'random bytes come in place of answers',
  closed: 'every connection to its server is closed at once',
} as const;

/** A fault that has a title. */
export type FaultName = keyof typeof faultTitles;

/** What happens; empty for a fault that is not known here, such as one of a run of another version. */
export function faultTitle(name: string): string {
  return new Map<string, string>(Object.entries(faultTitles)).get(name) ?? '';
}
