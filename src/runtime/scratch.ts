import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { BadInputError, WriteError } from '../errors.js';
import { processStartTicks } from './process-identity.js';

/** A private folder of one run, with a journal of what it started, so that the next run can clean up after a SIGKILL. */
export interface Scratch extends Disposable {
  readonly dir: string;
  /** Writes down a process that must not outlive this run. @throws WriteError where there is no room. */
  recordChild(pid: number): void;
}

/**
 * Writes into a private folder, by whatever `write` does.
 * @throws WriteError in place of what the system throws: no arm is to blame for a full disk.
 */
export function orWriteError(path: string, write: () => unknown): void {
  try {
    write();
  } catch (error) {
    if (error instanceof BadInputError) throw error;
    throw new WriteError(path, 'make room there, or set TMPDIR to a folder that has some', error);
  }
}

const ownerSchema = z.object({ pid: z.int(), startTicks: z.string() });
const journal = 'children.ndjson';

function root(): string {
  // One folder a user, so that a shared machine's users never clean up after each other.
  return join(tmpdir(), `filterbench-${process.getuid?.() ?? 'user'}`);
}

/** Opens the private folder (mode 0700) of this run; disposing removes it. @throws WriteError where it cannot be made. */
export function openScratch(runId: string): Scratch {
  // Short names: a Unix socket's path ends at 108 bytes.
  const dir = join(root(), runId);
  orWriteError(dir, () => {
    ensurePrivateRoot();
    // It appears whole: another run's clean-up must never see it without its owner.
    const unfinished = mkdtempSync(join(root(), unfinishedPrefix));
    const owner = { pid: process.pid, startTicks: processStartTicks(process.pid) ?? '' };
    writeFileSync(join(unfinished, 'owner.json'), JSON.stringify(owner), { mode: 0o600 });
    renameSync(unfinished, dir);
  });
  return {
    dir,
    recordChild(pid) {
      const entry = { pid, startTicks: processStartTicks(pid) ?? '' };
      const path = join(dir, journal);
      orWriteError(path, () => appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 }));
    },
    [Symbol.dispose]() {
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/**
 * Removes what runs that were killed left behind: their processes and their folders.
 * @returns how many processes and folders were removed.
 */
export function cleanUpAfterDeadRuns(): { processes: number; folders: number } {
  let processes = 0;
  let folders = 0;
  removeUnfinished();
  for (const name of listFolders()) {
    const dir = join(root(), name);
    const owner = readOwner(dir);
    if (owner && isAlive(owner)) continue;
    for (const child of readChildren(dir)) {
      if (isAlive(child) && killed(child.pid)) processes += 1;
    }
    rmSync(dir, { recursive: true, force: true });
    folders += 1;
  }
  return { processes, folders };
}

type Identity = z.infer<typeof ownerSchema>;

// A pid alone may have been given to a stranger since; with its start time it is one process for good.
function isAlive({ pid, startTicks }: Identity): boolean {
  return startTicks !== '' && processStartTicks(pid) === startTicks;
}

// It may end by itself between the look and the kill.
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

const unfinishedPrefix = '.new-';

// Opening takes moments; what is older was left by a run that was killed in them.
const unfinishedForMs = 60_000;

function removeUnfinished(): void {
  for (const name of existsSync(root()) ? readdirSync(root()) : []) {
    const dir = join(root(), name);
    const age = () => Date.now() - (lstatSync(dir, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (name.startsWith(unfinishedPrefix) && age() > unfinishedForMs)
      rmSync(dir, { recursive: true, force: true });
  }
}

// Its name can be guessed, so another user may have made it first.
function ensurePrivateRoot(): void {
  mkdirSync(root(), { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(root());
  if ((process.getuid && uid !== process.getuid()) || (mode & 0o022) !== 0) {
    throw new BadInputError(`${root()} belongs to somebody else`, 'set TMPDIR to a folder of your own');
  }
}

function listFolders(): string[] {
  try {
    return readdirSync(root()).filter((name) => !name.startsWith(unfinishedPrefix));
  } catch {
    return [];
  }
}

function readOwner(dir: string): Identity | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(join(dir, 'owner.json'), 'utf8')));
  } catch {
    return null;
  }
}

function readChildren(dir: string): Identity[] {
  try {
    return readFileSync(join(dir, journal), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .flatMap(parseIdentity);
  } catch {
    return [];
  }
}

// The last line may be cut, where the run was killed while writing it.
function parseIdentity(line: string): Identity[] {
  try {
    return [ownerSchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
