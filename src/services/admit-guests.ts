import type { Trx } from '#storage/database.ts';
import { membersById } from '#storage/members.ts';
import { guestIds } from '#storage/slack-side.ts';
import { becomeThese } from './follow-people.ts';
import { changesBetween } from './plan-people.ts';

/** Whether guests get messages has been decided anew: those who are known come back, or leave. */
export async function admitGuests(
  trx: Trx,
  workspaceId: string,
  { guestsAllowed }: { guestsAllowed: boolean },
  now: Date,
): Promise<void> {
  const guests = await membersById(trx, workspaceId, await guestIds(trx, workspaceId));
  const save = guests
    .filter(({ status }) => status !== 'deactivated')
    .map((before) => ({ before, after: { ...before, status: guestsAllowed ? 'active' : 'guest' } as const }))
    .filter(({ before, after }) => changesBetween(before, after).length > 0);
  await becomeThese(trx, workspaceId, save, now);
}
