import type { Reporter, TestModule } from 'vitest/node';

/** With CI=true a skipped test is a failure. */
export default class NoSkipsInCi implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (process.env.CI !== 'true') return;
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        process.stderr.write(`skipped in CI: ${module.relativeModuleId}: ${test.fullName}\n`);
        process.exitCode = 1;
      }
    }
  }
}
