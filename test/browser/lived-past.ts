import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { startOwnSandbox } from './sandbox.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A data directory in which the team's past has been lived; each file works on a copy. */
    past: string;
  }
}

/** Four months take seconds to put in place; one time is enough for all files. */
export default async function livePast(project: TestProject): Promise<() => void> {
  const { sandbox, dataDirectory } = await startOwnSandbox();
  await sandbox.stop();
  project.provide('past', dataDirectory);
  return () => rmSync(dataDirectory, { recursive: true, force: true });
}
