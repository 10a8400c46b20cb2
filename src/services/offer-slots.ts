import { createHash } from 'node:crypto';
import { askKey, asksOf } from '#domain/duty.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { insertNotes, linkNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { receiversOf } from '#storage/receivers.ts';
import { currentSettings } from '#storage/settings.ts';
import { managersToOfferSlots } from '#storage/slots.ts';

/** One note for each manager: notes are told apart by a subject, and a manager's slots have no record of their own. */
export function slotsSubject(managerId: string): string {
  const hash = createHash('sha256').update(`slots of ${managerId}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join('-');
}

/**
 * Whoever has set no slot is offered to set all of them at once: once, on the first card that names their 1:1s,
 * and on Home until it is done. It is never a message of its own.
 */
export async function offerSlots(trx: Trx, workspaceId: string, now: number): Promise<void> {
  const managers = await managersToOfferSlots(trx, workspaceId);
  if (managers.length === 0) return;
  const settings = await currentSettings(trx, workspaceId);
  const since = addDays(toLocal(now, 'UTC').date, -8);
  const receivers = await receiversOf(
    trx,
    workspaceId,
    managers.map(({ managerId }) => managerId),
    since,
  );
  const offers = managers.flatMap(({ managerId, nextDueAt }) => {
    const receiver = receivers.get(managerId);
    if (receiver === undefined) return [];
    const note = { kind: 'set_slots' as const, receiverId: managerId, aboutId: managerId };
    return [{ ...note, subjectId: slotsSubject(managerId), time: receiver.time, dueAt: nextDueAt.getTime() }];
  });
  const made = await insertNotes(trx, workspaceId, offers, new Date(now));
  let open = made.map(({ id, receiverId, time, dueAt }) => ({
    noteId: id,
    cards: asksOf.one_on_one
      .filter(({ of, via }) => of === 'asked' && via === 'card')
      .flatMap((ask) => ask.at({ period: '', dueAt, closesAt: dueAt }, time, settings))
      .filter((at) => at > now)
      .map((at) => ({ key: askKey('card', receiverId, at, time.zone), receiverId, at: new Date(at) })),
  }));
  while (open.length > 0) {
    const links = open.flatMap(({ noteId, cards: [card] }) => (card === undefined ? [] : [{ noteId, card }]));
    const taken = await linkNotes(trx, workspaceId, links);
    // A card that has come to its end takes nothing more: the next of them does.
    open = open
      .filter(({ noteId, cards }) => !taken.has(noteId) && cards.length > 1)
      .map(({ noteId, cards }) => ({ noteId, cards: cards.slice(1) }));
  }
}
