/** Exit codes of the command line; the contract is in docs/architecture.md. */
export const ExitCode = {
  done: 0,
  gateFailed: 1,
  badInput: 2,
  missing: 3,
  interrupted: 130,
} as const;

export type ExitCodeValue = (typeof ExitCode)[keyof typeof ExitCode];

/**
 * An error that a user can act on: what happened, where, and what to do next.
 * The command line prints it as one message without a stack trace.
 */
export class FilterbenchError extends Error {
  /** What the process exits with. */
  readonly exitCode: ExitCodeValue;
  /** What the user can do now, as a sentence. */
  readonly next: string;

  constructor(message: string, next: string, exitCode: ExitCodeValue, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.exitCode = exitCode;
    this.next = next;
  }
}

/** Something that the user wrote cannot be used: a flag, a YAML file, a run folder. Exit 2. */
export class BadInputError extends FilterbenchError {
  constructor(message: string, next: string, cause?: unknown) {
    super(message, next, ExitCode.badInput, cause);
  }
}

/** Something that the work needs is not on this machine: Envoy, Docker, a toolchain. Exit 3. */
export class MissingError extends FilterbenchError {
  constructor(message: string, next: string, cause?: unknown) {
    super(message, next, ExitCode.missing, cause);
  }
}

/** The user stopped the run; what was measured is kept. Exit 130. */
export class InterruptedError extends FilterbenchError {
  constructor(message = 'interrupted', next = 'what was measured so far is kept in the run folder') {
    super(message, next, ExitCode.interrupted);
  }
}

/** A thing that should have worked did not: an Envoy died, a start timed out. Exit 1. */
export class FailedError extends FilterbenchError {
  constructor(message: string, next: string, cause?: unknown) {
    super(message, next, ExitCode.gateFailed, cause);
  }
}

/**
 * What measures broke, and not what is measured: the load generator was killed, an upstream ended. No arm is to blame, so the command
 * ends. Exit 1.
 */
export class InstrumentError extends FilterbenchError {
  constructor(message: string, next: string, cause?: unknown) {
    super(message, next, ExitCode.gateFailed, cause);
  }
}

/** A file of ours could not be written: the disk is full, or the file system became read-only. It ends the command, too. Exit 1. */
export class WriteError extends InstrumentError {
  constructor(path: string, next: string, cause: unknown) {
    super(
      `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      next,
      cause,
    );
  }
}

/** Whether the system refused to write for lack of room, or as its file system is read-only: no defect of ours. */
export function isRoomLacking(error: unknown): boolean {
  const codes: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG'];
  return error instanceof Error && 'code' in error && codes.includes(error.code);
}
