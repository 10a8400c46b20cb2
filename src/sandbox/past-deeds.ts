import type { Evidence, Outcome } from '#domain/one-on-one.ts';
import { logOneOnOne } from '#services/log-one-on-one.ts';
import { openOneOnOne } from '#services/open-one-on-one.ts';
import { prepareOneOnOne } from '#services/prepare-one-on-one.ts';
import { pairsOf } from '#storage/home.ts';
import type { Application } from '../application.ts';
import type { Chance } from './chance.ts';
import {
  dealTakeaways,
  privateNotes,
  reflections,
  samsLastTakeaway,
  samsReflection,
  takeaways,
} from './conversations.ts';

/** What people did in the past, done through the services a modal would call. */
let views = 0;

export async function prepareAsRep(
  { context, workspaceId }: Application,
  repId: string,
  chance: Chance,
  isLastOfSam: boolean,
): Promise<void> {
  const [pair] = await context.database.inWorkspace(workspaceId, (trx) =>
    pairsOf(trx, workspaceId, { repId }),
  );
  const occurrenceId = pair?.next?.occurrenceId;
  if (occurrenceId === undefined) return;
  const answer = isLastOfSam ? samsReflection : chance.pick(reflections);
  await prepareOneOnOne(context, workspaceId, { repId, occurrenceId, answer });
}

/** The 1:1 that waits to be logged, as its prompt names it. */
export async function waitingOccurrence(
  { context, workspaceId }: Application,
  pair: { managerId: string; repId: string },
): Promise<string | undefined> {
  const opened = await openOneOnOne(context, workspaceId, pair.managerId, pair.repId);
  return opened.ok ? opened.value.occurrenceId : undefined;
}

export async function logAsManager(
  { context, workspaceId }: Application,
  pair: { managerId: string; repId: string },
  chance: Chance,
  { weeksAgo, before, late }: { weeksAgo: number; before: boolean; late?: string | undefined },
): Promise<void> {
  const opened = await openOneOnOne(context, workspaceId, pair.managerId, pair.repId);
  if (!opened.ok) return;
  const { commitment, occurrenceId, today, by } = opened.value;
  const about = !before && chance.happens(0.25) ? 'deal' : 'skill';
  views += 1;
  await logOneOnOne(context, workspaceId, {
    viewId: `history-${weeksAgo.toFixed(3)}-${views}`,
    ...pair,
    occurrenceId: late ?? occurrenceId,
    heldOn: today,
    about,
    takeaway: before ? samsLastTakeaway : chance.pick(about === 'deal' ? dealTakeaways : takeaways),
    keep: false,
    by,
    last:
      commitment === undefined ? undefined : { commitmentId: commitment.id, ...howItWent(chance, weeksAgo) },
    privateNote: chance.happens(0.15) ? chance.pick(privateNotes) : undefined,
    insisted: false,
  });
}

/** Over the months it happens more often without a reminder. */
function howItWent(chance: Chance, weeksAgo: number): { outcome: Outcome; evidence: Evidence } {
  const unasked = Math.max(0.15, 0.5 - weeksAgo * 0.02);
  const outcome: Outcome = chance.happens(unasked)
    ? 'unasked'
    : chance.pick(['reminded', 'reminded', 'not_this_time', 'no_chance']);
  return { outcome, evidence: chance.pick(['saw', 'heard', 'told']) };
}
