import { readlinkSync } from 'node:fs';
import { processStartTicks } from '../process-identity.js';

/** Labels by which a later run knows whose a container is. */
export const label = {
  run: 'filterbench.run',
  workload: 'filterbench.workload',
  /** The process that started it: `<pid>:<start ticks>`. */
  owner: 'filterbench.owner',
  /** Where the owner's pid means something, and to whom it is visible: `<uid>@<pid namespace>`. */
  scope: 'filterbench.scope',
} as const;

/** The labels of a workload's container. */
export function labelsOf(runId: string, workload: string): Record<string, string> {
  return {
    [label.run]: runId,
    [label.workload]: workload,
    [label.owner]: `${process.pid}:${processStartTicks(process.pid) ?? ''}`,
    [label.scope]: ownScope(),
  };
}

/** The scope of this process; an owner of another one may live without our seeing it. */
export function ownScope(): string {
  return `${process.getuid?.() ?? 'user'}@${pidNamespace()}`;
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return 'host';
  }
}

/** Whether the process of an owner label lives; false too where the label is broken. */
export function isOwnerAlive(owner: string): boolean {
  const [, pid, startTicks] = /^(\d+):(.+)$/.exec(owner) ?? [];
  return pid !== undefined && startTicks !== undefined && processStartTicks(Number(pid)) === startTicks;
}
