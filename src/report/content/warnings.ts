import type { Run } from '../../results/schema/index.js';
import { oneLine } from '../format/text.js';

/** All warnings of one code. */
export interface WarningGroup {
  readonly code: string;
  readonly messages: readonly string[];
  /** What to do about them; usually the same for all. */
  readonly next: readonly string[];
}

/** The warnings of a run by code, in the order in which each code came first. */
export function warningGroupsOf({ warnings }: Pick<Run, 'warnings'>): WarningGroup[] {
  const groups = new Map<string, { messages: string[]; next: Set<string> }>();
  for (const { code, message, next } of warnings) {
    const group = groups.get(code) ?? { messages: [], next: new Set() };
    groups.set(code, group);
    group.messages.push(oneLine(message));
    group.next.add(oneLine(next));
  }
  return [...groups].map(([code, { messages, next }]) => ({
    code: oneLine(code),
    messages,
    next: [...next],
  }));
}
