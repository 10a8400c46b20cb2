import { askKey } from '#domain/duty.ts';
import { cardsAboutCall } from '#domain/observed-call.ts';
import { nextCardMoment } from '#domain/working-time.ts';
import type { CallPlan } from '#storage/call-plans.ts';
import { insertNote, linkNote } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { type Member, workingTimeOf } from '#storage/members.ts';
import { currentSettings } from '#storage/settings.ts';
import type { Observing } from './observer.ts';

/**
 * After the day of a planned call both are asked how it went, each on their own card: the rep for their own
 * view, the manager for theirs. Before it the rep is told that somebody will listen.
 */
export async function askAfterCall(
  trx: Trx,
  workspaceId: string,
  plan: CallPlan,
  { observer, rep }: Observing,
  now: number,
): Promise<void> {
  const { cardTime } = await currentSettings(trx, workspaceId);
  for (const [receiver, other] of [
    [observer, rep],
    [rep, observer],
  ] as const) {
    const { before, after } = cardsAboutCall(plan.callOn, workingTimeOf(receiver), cardTime, now);
    const { id } = await insertNote(
      trx,
      workspaceId,
      { kind: 'call_planned', receiverId: receiver.id, aboutId: other.id, subjectId: plan.id },
      new Date(now),
    );
    const moments = receiver === rep && before !== undefined ? [before, after] : [after];
    for (const at of moments) await linkTo(trx, workspaceId, id, receiver, at, cardTime);
  }
}

/** A day's card may be over already; then the next one takes the note. */
async function linkTo(
  trx: Trx,
  workspaceId: string,
  noteId: string,
  receiver: Member,
  at: number,
  cardTime: string,
): Promise<void> {
  const time = workingTimeOf(receiver);
  const cardAt = (moment: number) => ({
    key: askKey('card', receiver.id, moment, time.zone),
    receiverId: receiver.id,
    at: new Date(moment),
  });
  if (await linkNote(trx, workspaceId, noteId, cardAt(at))) return;
  await linkNote(trx, workspaceId, noteId, cardAt(nextCardMoment(time, at, cardTime)));
}
