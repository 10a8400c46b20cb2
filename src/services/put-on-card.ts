import { firstDayWithout } from '#domain/absence.ts';
import { askKey } from '#domain/duty.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { isWorkingAt, nextCardMoment } from '#domain/working-time.ts';
import { insertNote, linkNote, type NoteToPut, reopenNote } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { type ReceiverRow, receiversOf } from '#storage/receivers.ts';
import { currentSettings } from '#storage/settings.ts';

/**
 * Says something to a person on a card, in the transaction that brings it about. `soon`: now, if this is working
 * time and no card has come today; otherwise, and for `morning`, with the next card. Asks for nothing where the
 * note is there already.
 */
export async function putOnCard(
  trx: Trx,
  workspaceId: string,
  note: NoteToPut,
  when: 'soon' | 'morning',
  now: number,
): Promise<void> {
  const { id, isNew } = await insertNote(trx, workspaceId, note, new Date(now));
  if (isNew) await onCard(trx, workspaceId, { id, receiverId: note.receiverId }, when, now);
}

/**
 * The same of what is open all the while, and asked of somebody who may have been let off it before: a rep has come
 * back to them.
 */
export async function putAgainOnCard(
  trx: Trx,
  workspaceId: string,
  note: NoteToPut,
  when: 'soon' | 'morning',
  now: number,
): Promise<void> {
  const id = await reopenNote(trx, workspaceId, note, new Date(now));
  if (id === undefined) return putOnCard(trx, workspaceId, note, when, now);
  await onCard(trx, workspaceId, { id, receiverId: note.receiverId }, when, now);
}

async function onCard(
  trx: Trx,
  workspaceId: string,
  { id, receiverId }: { id: string; receiverId: string },
  when: 'soon' | 'morning',
  now: number,
): Promise<void> {
  const since = addDays(toLocal(now, 'UTC').date, -8);
  const receiver = (await receiversOf(trx, workspaceId, [receiverId], since)).get(receiverId);
  if (receiver === undefined) throw new Error(`a note for ${receiverId}, who is no member`);
  const { cardTime } = await currentSettings(trx, workspaceId);
  const { zone } = receiver.time;
  const first = when === 'soon' && isFreeNow(receiver, now) ? now : undefined;
  const after = Math.max(now, firstInstantBack(receiver, now));
  const moments = [first, nextCardMoment(receiver.time, after, cardTime)].filter((at) => at !== undefined);
  for (const at of moments) {
    const card = { key: askKey('card', receiverId, at, zone), receiverId, at: new Date(at) };
    if (await linkNote(trx, workspaceId, id, card)) return;
  }
  // Those two days' cards are over already; the one after takes it.
  const at = nextCardMoment(receiver.time, moments.at(-1) ?? now, cardTime);
  await linkNote(trx, workspaceId, id, {
    key: askKey('card', receiverId, at, zone),
    receiverId,
    at: new Date(at),
  });
}

function isFreeNow({ time, cardsOn, absences, id }: ReceiverRow, now: number): boolean {
  const { date } = toLocal(now, time.zone);
  const isThere = firstDayWithout(absences, [id], date) === date;
  return isThere && isWorkingAt(time, now) && !cardsOn.includes(date);
}

/** The first instant from `now` on at which they are not away. */
export function firstInstantBack({ time, absences, id }: ReceiverRow, now: number): number {
  const { date } = toLocal(now, time.zone);
  const back = firstDayWithout(absences, [id], date);
  return back === date ? now : startOfDay(back, time.zone);
}
