import { type Absence, firstDayWithout } from './absence.ts';
import type { Role } from './people.ts';
import { limitsOf, weekOf } from './sending.ts';
import type { Settings } from './settings.ts';
import { addDays } from './time/civil.ts';
import { toInstant, toLocal } from './time/zone.ts';
import { cardMoment, isWorkingAt, type WorkingTime, workingDayFrom } from './working-time.ts';

/** How far one thing on a card can be put off. */
export const putOffs = ['later', 'tomorrow', 'week'] as const;
export type PutOff = (typeof putOffs)[number];

/** Whoever puts it off, as far as it decides when they can be reminded. */
export interface Reminded {
  id: string;
  time: WorkingTime;
  roles: readonly Role[];
  absences: readonly Absence[];
  /** Local dates of messages of this week, today's card included even where it is still to come. */
  messagesOn: readonly string[];
  /** Today's one message besides the card has gone out, or came to nothing. */
  promptIsOver: boolean;
}

/** When it is asked again, and what came in the way of the day that was wanted. */
export type Reminder =
  | { kind: 'prompt'; at: number }
  | { kind: 'card'; at: number; because: 'wanted' | 'no_room_today' | 'closes_before_next_week' }
  /** It closes before any other day's card. */
  | { kind: 'none' };

const hour = 60 * 60_000;

/** Not before then, so that "later" is a pause from what the morning was for. */
const laterFrom = '15:00';

/** Only the next reminder moves: the rule stays, and so does the moment at which it closes. */
export function putOff(
  wanted: PutOff,
  closesAt: number,
  now: number,
  receiver: Reminded,
  settings: Pick<Settings, 'budget' | 'cardTime'>,
): Reminder {
  const { date: today } = toLocal(now, receiver.time.zone);
  const onCard = (date: string): number =>
    cardMoment(receiver.time, nextDayThere(receiver, date), settings.cardTime);
  const nextWeek = addDays(weekOf(today), 7);
  const weekIsFull = receiver.messagesOn.length >= limitsOf(receiver.roles, settings.budget).perWeek;
  const tomorrow = onCard(weekIsFull ? nextWeek : addDays(today, 1));

  if (wanted === 'later') {
    const at = laterToday(closesAt, now, today, receiver, settings);
    if (at !== undefined) return { kind: 'prompt', at };
  }
  if (wanted === 'week' && onCard(nextWeek) < closesAt) {
    return { kind: 'card', at: onCard(nextWeek), because: 'wanted' };
  }
  if (tomorrow >= closesAt) return { kind: 'none' };
  const because = { later: 'no_room_today', tomorrow: 'wanted', week: 'closes_before_next_week' } as const;
  return { kind: 'card', at: tomorrow, because: because[wanted] };
}

function laterToday(
  closesAt: number,
  now: number,
  today: string,
  { id, time, roles, absences, messagesOn, promptIsOver }: Reminded,
  { budget }: Pick<Settings, 'budget'>,
): number | undefined {
  const at = Math.max(now + 2 * hour, toInstant({ date: today, time: laterFrom }, time.zone));
  const { perDay, perWeek } = limitsOf(roles, budget);
  const hasRoom =
    messagesOn.length < perWeek &&
    messagesOn.filter((date) => date === today).length < perDay &&
    !promptIsOver;
  const isToday = toLocal(at, time.zone).date === today && isWorkingAt(time, at);
  const isThere = firstDayWithout(absences, [id], today) === today;
  return hasRoom && isToday && isThere && at < closesAt ? at : undefined;
}

/** The first day from `date` on at which they work and are not away. */
function nextDayThere(receiver: Pick<Reminded, 'id' | 'time' | 'absences'>, date: string): string {
  const { id, time, absences } = receiver;
  const day = workingDayFrom(time, date);
  const back = firstDayWithout(absences, [id], day);
  return back === day ? day : nextDayThere(receiver, back);
}
