import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/databases-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Loading the product and warming it up costs more than most files' tests. What a file changes of the process
    // it puts back; what lives as long as the product is held by the application or the database of a test.
    isolate: false,
    // One less than there are cores is the default: on two that leaves one idle.
    maxWorkers: '100%',
  },
});
