import { defineConfig } from 'vitest/config';

/** `npm run faults`: minutes of replicas that are killed and frozen, and calendars of every zone. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.faults.ts'],
    globalSetup: ['test/databases-setup.ts'],
    testTimeout: 1_500_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // A Slack that had to wait for its turn would be later than the quarantine allows.
    fileParallelism: false,
  },
});
