import { setImmediate as turnIsOver } from 'node:timers/promises';
import { chunked } from '#storage/chunked.ts';

/** Some after some: what is done for each of fifty thousand people in one turn would keep everybody else waiting. */
export async function* inTurns<T>(all: readonly T[]): AsyncGenerator<readonly T[]> {
  for (const some of chunked(all)) {
    yield some;
    await turnIsOver();
  }
}
