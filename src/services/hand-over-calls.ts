import { giveWatcher, openPlansOf, settlePlan } from '#storage/call-plans.ts';
import { settleNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import type { LineMoved } from '#storage/reporting.ts';
import { putAgainOnCard } from './put-on-card.ts';

/**
 * A call that a rep asked to be listened to is put to whoever manages them now. What the former manager had planned
 * is off: they are asked nothing about it any more, and the rep reads that they could not listen.
 */
export async function handOverCalls(
  trx: Trx,
  workspaceId: string,
  moved: readonly LineMoved[],
  now: number,
): Promise<void> {
  const at = new Date(now);
  const lines = new Map(moved.filter(({ from }) => from !== undefined).map((line) => [line.repId, line]));
  if (lines.size === 0) return;
  for (const { id: subjectId, state, repId, watcherId } of await openPlansOf(trx, workspaceId, [
    ...lines.keys(),
  ])) {
    const line = lines.get(repId);
    if (line?.from === undefined || watcherId !== line.from) continue;
    if (state === 'planned') {
      await settlePlan(trx, workspaceId, subjectId, 'dropped', at);
      await settleNotes(trx, workspaceId, { subjectId, kinds: ['call_planned'] }, at);
      continue;
    }
    const kinds = ['watch_requested'] as const;
    await settleNotes(trx, workspaceId, { subjectId, kinds, receiverId: line.from }, at);
    if (line.to === undefined) continue;
    await giveWatcher(trx, workspaceId, subjectId, line.to);
    const note = { kind: 'watch_requested' as const, receiverId: line.to, aboutId: repId, subjectId };
    await putAgainOnCard(trx, workspaceId, note, 'morning', now);
  }
}
