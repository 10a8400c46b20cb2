import { askKey } from '#domain/duty.ts';
import type { OccurrenceState } from '#domain/occurrence.ts';
import { type PutOff, putOff, type Reminder } from '#domain/put-off.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { weekOf } from '#domain/sending.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { standInsNow } from '#storage/absences.ts';
import type { Trx } from '#storage/database.ts';
import { lockMovable, type Movable, messagesOfDay, snooze } from '#storage/put-off.ts';
import { type ReceiverRow, receiversOf } from '#storage/receivers.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { mayPutOff } from './may.ts';

/** Why something can be neither put off nor excused. */
export type NotMovable =
  | { kind: 'unknown' }
  | { kind: 'not_asked' }
  | { kind: 'over'; state: Exclude<OccurrenceState, 'planned' | 'due'> };

export interface PutOffDone {
  reminder: Reminder;
  closesAt: number;
  zone: string;
  today: string;
}

/** Moves the next reminder of one occurrence, for whoever is asked; the rule and the others stay as they are. */
export async function putOffOccurrence(
  context: ServiceContext,
  workspaceId: string,
  who: { personId: string; occurrenceId: string; wanted: PutOff },
): Promise<Result<PutOffDone, NotMovable>> {
  const now = context.clock.now();
  const moved = await context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await movableBy(trx, workspaceId, who, 'snooze_occurrence', now);
    if (!found.ok) return found;
    const closesAt = found.value.closesAt.getTime();
    const receiver = await receiverNow(trx, workspaceId, who.personId, now);
    const { zone } = receiver.time;
    const { date: today } = toLocal(now, zone);
    const keyOf = (kind: 'card' | 'prompt'): string => askKey(kind, who.personId, now, zone);
    const day = await messagesOfDay(trx, workspaceId, { card: keyOf('card'), prompt: keyOf('prompt') });
    const messagesOn = receiver.sentOn.filter((date) => date >= weekOf(today));
    const reminded = {
      ...receiver,
      promptIsOver: day.promptIsOver,
      messagesOn: day.cardIsToCome ? [...messagesOn, today] : messagesOn,
    };
    const settings = await currentSettings(trx, workspaceId);
    const reminder = putOff(who.wanted, closesAt, now, reminded, settings);
    if (reminder.kind !== 'none') {
      await snooze(trx, workspaceId, who.occurrenceId, new Date(reminder.at), new Date(now));
    }
    return done({ reminder, closesAt, zone, today });
  });
  if (moved.ok) context.wake(workspaceId);
  return moved;
}

/** The occurrence, locked, if it is still open and this person may move it. */
export async function movableBy(
  trx: Trx,
  workspaceId: string,
  { personId, occurrenceId }: { personId: string; occurrenceId: string },
  action: 'snooze_occurrence' | 'excuse_occurrence',
  now: number,
): Promise<Result<Movable, NotMovable>> {
  const found = await lockMovable(trx, workspaceId, occurrenceId);
  if (found === undefined) return refused({ kind: 'unknown' });
  const standIns = await standInsNow(trx, workspaceId, new Date(now));
  const asking = { workspaceId, viewerId: personId, standIns };
  if (!(await mayPutOff(trx, asking, action, found))) return denied({ kind: 'not_asked' }, found.aboutId);
  const { state } = found;
  return state === 'planned' || state === 'due' ? done(found) : refused({ kind: 'over', state });
}

async function receiverNow(
  trx: Trx,
  workspaceId: string,
  personId: string,
  now: number,
): Promise<ReceiverRow> {
  const since = addDays(toLocal(now, 'UTC').date, -8);
  const receiver = (await receiversOf(trx, workspaceId, [personId], since)).get(personId);
  if (receiver === undefined) throw new Error(`${personId} may put something off, but is no member`);
  return receiver;
}
