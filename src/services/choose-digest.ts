import { done, type Result, refused } from '#domain/result.ts';
import { settleNotes } from '#storage/card-notes.ts';
import { dropDigestsElsewhere, lockDigest, saveDigest } from '#storage/digest.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';
import { setInWorkspace } from './change-settings.ts';
import { contentHashOf } from './content-hash.ts';
import { alignDigest } from './plan-digests.ts';
import { chooserOf, type DigestStanding, type NotYourDigest, standingOf } from './view-digest.ts';

export interface ChosenDigest {
  userId: string;
  viewId: string;
  /** None: nothing is posted any more. */
  channel: string | undefined;
  weekday: number;
  time: string;
}

export type DigestProblem = NotYourDigest | { kind: 'do_not_fit' };

/**
 * Says where the digest goes and when; from then on it keeps to the zone of whoever said so. After a channel would
 * not take it, what was missed in these days is posted as soon as one does.
 */
export async function chooseDigest(
  context: ServiceContext,
  workspaceId: string,
  chosen: ChosenDigest,
): Promise<Result<DigestStanding, DigestProblem>> {
  const now = context.clock.now();
  const at = new Date(now);
  const saved = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<DigestStanding, DigestProblem>> => {
      const asker = await chooserOf(trx, workspaceId, chosen.userId);
      if (!asker.ok) return asker;
      const { userId, viewId, channel = null, weekday, time } = chosen;
      const contentHash = contentHashOf([channel, weekday, time]);
      const submitted = await noteSubmission(trx, workspaceId, { viewId, contentHash, at });
      if (submitted.kind !== 'repeated') {
        const wanted = { digestWeekday: weekday, digestTime: time };
        const set = await setInWorkspace(trx, workspaceId, { userId, viewId, wanted }, at);
        if (!set.ok) return refused({ kind: 'do_not_fit' });
        const before = await lockDigest(trx, workspaceId);
        await dropDigestsElsewhere(trx, workspaceId, channel, at);
        await saveDigest(trx, workspaceId, { channel, zone: asker.value.timeZone, setBy: userId, setAt: at });
        const trouble = before?.trouble ?? null;
        await alignDigest(trx, workspaceId, set.value, now, { catchUp: trouble !== null });
        if (trouble !== null) {
          const about = { subjectId: trouble.deliveryId, kinds: ['digest_trouble'] } as const;
          await settleNotes(trx, workspaceId, about, at);
        }
      }
      return done(await standingOf(trx, workspaceId, asker.value));
    },
  );
  if (saved.ok) context.wake(workspaceId);
  return saved;
}
