import { rmSync } from 'node:fs';

/** Makes Node.js tell perf the names of what it compiles (`node --v8-options`), and keep a frame for what it interprets. */
export const namesOfNode = { NODE_OPTIONS: '--perf-basic-prof --interpreted-frames-native-stack' };

/** Removes the file that such a process leaves where perf looks for it: the path is perf's, and no setting. */
export function removeNames(pid: number): void {
  rmSync(`/tmp/perf-${pid}.map`, { force: true });
}
