import type { AppContext } from '../context.ts';

/** Slack waits three seconds, the way there and back included. */
const budget = 2_400;

/**
 * The answer, if it is there in time. If it is not, Slack is answered without it and `late` gets it when it
 * comes: a person who waits is told, a submission that was saved after all is found again by its view id.
 */
export async function inTime<T>(
  context: Pick<AppContext, 'log'>,
  answer: Promise<T>,
  late: (answer: T) => Promise<unknown>,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), budget);
  });
  const first = await Promise.race([answer.then((value) => ({ value })), timeUp]);
  clearTimeout(timer);
  if (first !== 'late') return first.value;
  answer.then(late).catch((error: unknown) => context.log.error({ err: error }, 'a late answer was lost'));
  return undefined;
}
