import { defineConfig } from 'vitest/config';

/** `npm run fuzz`: a hundred thousand forged payloads, and mutated people files. */
export default defineConfig({
  test: {
    include: ['test/fuzz/**/*.fuzz.ts'],
    globalSetup: ['test/databases-setup.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // What a heap holds is known once it is collected.
    execArgv: ['--expose-gc'],
    fileParallelism: false,
  },
});
