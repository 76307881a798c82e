import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Rooms whose tests start no process that measures, and listen on nothing. */
const pureRooms = ['claims', 'fuzz', 'report', 'results', 'schedule', 'scenarios', 'simulation', 'stats'];
const pure = pureRooms.map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A test that is skipped or focused by accident must not pass for a green one.
    allowOnly: false,
    reporters: ['default', './test/no-skips-in-ci.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: pure,
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: pure,
          // Tests with real Envoys share the cores: one file at a time, with time to spare.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
