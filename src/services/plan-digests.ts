import { digestKey, digestLapsesAfter, digestRule } from '#domain/digest.ts';
import { nextOccurrence, type Occurrence, occurrencesBetween } from '#domain/recurrence.ts';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { isoWeek } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { settingsOfMany } from '#storage/asks.ts';
import type { Trx } from '#storage/database.ts';
import {
  claimDueDigests,
  type DueDigest,
  isDigestTaken,
  lockDigest,
  planDigestPost,
  setNextDigest,
} from '#storage/digest.ts';

/**
 * Across workspaces: plans the posts that are due, and says when the next come. After an outage the latest is
 * planned, if it is still worth it, and none for the weeks before. Says how many digests were looked at.
 */
export async function planDigests(trx: Trx, now: Date, limit: number): Promise<number> {
  const due = await claimDueDigests(trx, now, limit);
  if (due.length === 0) return 0;
  const settings = await settingsOfMany(trx, [...new Set(due.map((one) => one.workspaceId))]);
  for (const digest of due) {
    const ofWorkspace = settings.get(digest.workspaceId) ?? defaultSettings;
    const latest = latestDue(digest, ofWorkspace, now.getTime());
    if (now.getTime() - latest.due <= digestLapsesAfter) {
      await planDigestPost(trx, {
        workspaceId: digest.workspaceId,
        channel: digest.channel,
        key: digestKey(digest.channel, latest.period),
        dueAt: new Date(latest.due),
      });
    }
    const { due: next } = nextOccurrence(digestRule(ofWorkspace), digest.zone, now.getTime());
    await setNextDigest(trx, digest.workspaceId, new Date(next));
  }
  return due.length;
}

function latestDue({ zone, dueAt }: DueDigest, settings: Settings, now: number): Occurrence {
  const planned = dueAt.getTime();
  const latest = occurrencesBetween(digestRule(settings), zone, planned - 1, now).at(-1);
  // A zone's own rules may have changed since it was planned; the week is the same.
  return latest ?? { period: isoWeek(toLocal(planned, zone).date), due: planned };
}

/**
 * When the next one comes, after where or when it is wanted has changed: never a second for one week. `catchUp`
 * also takes the one that has just been missed, because the channel would not take it.
 */
export async function alignDigest(
  trx: Trx,
  workspaceId: string,
  settings: Settings,
  now: number,
  { catchUp = false } = {},
): Promise<void> {
  const digest = await lockDigest(trx, workspaceId);
  if (digest === undefined || digest.channel === null || digest.trouble !== null) return;
  const { channel, zone } = digest;
  const rule = digestRule(settings);
  const isTaken = ({ period }: Occurrence) => isDigestTaken(trx, workspaceId, digestKey(channel, period));
  const missed = catchUp ? occurrencesBetween(rule, zone, now - digestLapsesAfter, now).at(-1) : undefined;
  if (missed !== undefined && !(await isTaken(missed))) {
    await setNextDigest(trx, workspaceId, new Date(missed.due));
    return;
  }
  let next = nextOccurrence(rule, zone, now);
  while (await isTaken(next)) next = nextOccurrence(rule, zone, next.due);
  await setNextDigest(trx, workspaceId, new Date(next.due));
}
