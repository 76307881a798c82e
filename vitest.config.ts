import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests with real Envoys share two cores: one file at a time, with time to spare.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A test that is skipped or focused by accident must not pass for a green one.
    allowOnly: false,
    reporters: ['default', './test/no-skips-in-ci.ts'],
  },
});
