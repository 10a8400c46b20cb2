import { askKey } from '#domain/duty.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { nextCardMoment } from '#domain/working-time.ts';
import type { NoteToPut } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { insertNotes, linkNotes } from '#storage/many-notes.ts';
import { receiversOf } from '#storage/receivers.ts';
import { currentSettings } from '#storage/settings.ts';
import { firstInstantBack } from './put-on-card.ts';

/** The same as putOnCard with the next card, for a whole cohort within the time Slack waits for a form. */
export async function putManyOnCards(
  trx: Trx,
  workspaceId: string,
  notes: readonly NoteToPut[],
  now: number,
): Promise<void> {
  let left = await insertNotes(trx, workspaceId, notes, new Date(now));
  if (left.length === 0) return;
  const receiverIds = [...new Set(left.map(({ receiverId }) => receiverId))];
  const receivers = await receiversOf(trx, workspaceId, receiverIds, addDays(toLocal(now, 'UTC').date, -8));
  const { cardTime } = await currentSettings(trx, workspaceId);
  const after = new Map(
    [...receivers].map(([id, receiver]) => [id, Math.max(now, firstInstantBack(receiver, now))]),
  );
  // Where the next card is over already, the one after takes it.
  for (let tries = 0; left.length > 0 && tries < 3; tries += 1) {
    const cards = [...new Set(left.map(({ receiverId }) => receiverId))].map((receiverId) => {
      const receiver = receivers.get(receiverId);
      if (receiver === undefined) throw new Error(`a note for ${receiverId}, who is no member`);
      const at = nextCardMoment(receiver.time, after.get(receiverId) ?? now, cardTime);
      after.set(receiverId, at);
      return { key: askKey('card', receiverId, at, receiver.time.zone), receiverId, at: new Date(at) };
    });
    left = await linkNotes(trx, workspaceId, left, cards);
  }
}
