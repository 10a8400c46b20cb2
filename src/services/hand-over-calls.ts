import { giveWatcher, openPlansOf, settlePlan } from '#storage/call-plans.ts';
import { settleNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { putAgainOnCard } from './put-on-card.ts';

/**
 * A call that a rep asked to be listened to is put to whoever manages them now. What the former manager had planned
 * is off: they are asked nothing about it any more, and the rep reads that they could not listen.
 */
export async function handOverCalls(
  trx: Trx,
  workspaceId: string,
  line: { repId: string; from: string | undefined; to: string | undefined },
  now: number,
): Promise<void> {
  const { repId, from, to } = line;
  if (from === undefined) return;
  const at = new Date(now);
  const theirs = (await openPlansOf(trx, workspaceId, [repId])).filter(({ watcherId }) => watcherId === from);
  for (const { id: subjectId, state } of theirs) {
    if (state === 'planned') {
      await settlePlan(trx, workspaceId, subjectId, 'dropped', at);
      await settleNotes(trx, workspaceId, { subjectId, kinds: ['call_planned'] }, at);
      continue;
    }
    const kinds = ['watch_requested'] as const;
    await settleNotes(trx, workspaceId, { subjectId, kinds, receiverId: from }, at);
    if (to === undefined) continue;
    await giveWatcher(trx, workspaceId, subjectId, to);
    const note = { kind: 'watch_requested' as const, receiverId: to, aboutId: repId, subjectId };
    await putAgainOnCard(trx, workspaceId, note, 'morning', now);
  }
}
