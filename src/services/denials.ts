import { AsyncLocalStorage } from 'node:async_hooks';
import { refused } from '#domain/result.ts';
import { noteRefusals } from '#storage/audit.ts';
import type { AppContext } from '../context.ts';

/** About whom something was refused during a request; undefined where it is about nobody in particular. */
type Denials = Set<string | undefined>;

/** Of the request that is being answered: services know neither it nor, mostly, who noted it before. */
const underway = new AsyncLocalStorage<Denials>();

/**
 * A no for want of a right, as against one because something is over or does not fit. Whoever asked through Slack is
 * in the audit trail with it.
 */
export function denied<P>(problem: P, aboutId?: string): { ok: false; problem: P } {
  noteDenial(aboutId);
  return refused(problem);
}

/** The same where the rest of what was asked for is done. */
export function noteDenial(aboutId?: string): void {
  underway.getStore()?.add(aboutId);
}

/** Answers a request, and notes in the audit trail what it was denied. */
export async function notingDenials<T>(
  context: Pick<AppContext, 'clock' | 'database' | 'log'>,
  { workspaceId, userId, action }: { workspaceId: string; userId: string; action: string },
  answer: () => Promise<T>,
): Promise<T> {
  const denials: Denials = new Set();
  try {
    return await underway.run(denials, answer);
  } finally {
    // Also where it could not be said in the end.
    if (denials.size > 0) await note(context, { workspaceId, userId, action }, denials);
  }
}

async function note(
  context: Pick<AppContext, 'clock' | 'database' | 'log'>,
  { workspaceId, userId, action }: { workspaceId: string; userId: string; action: string },
  denials: Denials,
): Promise<void> {
  const at = new Date(context.clock.now());
  const refusals = [...denials].map((aboutId) => ({ actorId: userId, aboutId, action, at }));
  try {
    await context.database.inWorkspace(workspaceId, (trx) => noteRefusals(trx, workspaceId, refusals));
  } catch (error) {
    // Refused it is all the same, and whoever asked is told why.
    context.log.error({ err: error, action }, 'a refusal was not noted');
  }
}
