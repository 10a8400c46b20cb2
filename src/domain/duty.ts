import type { DeliveryKind } from './delivery.ts';
import type { DutyKind } from './occurrence.ts';
import { oneOnOneMinutes } from './one-on-one.ts';
import type { Settings } from './settings.ts';
import { addDays, lastDayOfMonth, weekdayOf } from './time/civil.ts';
import { startOfDay, toInstant, toLocal } from './time/zone.ts';
import {
  addWorkingDays,
  cardMoment,
  isWorkingAt,
  isWorkingDay,
  nthWorkingDayOfMonth,
  type WorkingTime,
  workingDayFrom,
} from './working-time.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Occurrences are made, and their messages planned, this long ahead, so that a week's brief can name the whole week. */
export const planAhead = 7 * day;

/** One time that a duty falls due, as far as its messages depend on it. */
export interface Falling {
  period: string;
  dueAt: number;
  closesAt: number;
}

/** On which message a duty appears, to whom and when. */
export interface Ask {
  /** `manager` is whoever the rep reports to when it is planned. */
  of: 'asked' | 'about' | 'manager';
  via: Extract<DeliveryKind, 'card' | 'prompt'>;
  at(falling: Falling, receiver: WorkingTime, settings: Settings): number[];
}

export const asksOf: Record<DutyKind, readonly Ask[]> = {
  one_on_one: [
    { of: 'asked', via: 'card', at: onOneOnOneCards },
    { of: 'asked', via: 'prompt', at: ({ dueAt }, receiver) => whileAtWork(receiver, afterOneOnOne(dueAt)) },
    {
      of: 'about',
      via: 'card',
      at: ({ dueAt }, receiver, { cardTime }) => [
        cardMoment(receiver, addWorkingDays(receiver, dateOf(dueAt, receiver), -1), cardTime),
      ],
    },
  ],
  observed_call: [{ of: 'asked', via: 'card', at: onObservedCallCards }],
  check_in: [
    { of: 'asked', via: 'card', at: (falling, rep, settings) => twice(falling, rep, settings, 0) },
    {
      of: 'manager',
      via: 'card',
      // The rep first: the manager is asked the working day after.
      at: (falling, manager, settings) =>
        isForManagerToo(falling.period, settings) ? twice(falling, manager, settings, 1) : [],
    },
  ],
  // Asked inside the next 1:1; on the card only where none has come by then.
  commitment: [
    {
      of: 'asked',
      via: 'card',
      at: ({ dueAt }, receiver, { cardTime, commitmentOnCardAfterWorkingDays: patience }) => {
        const first = addWorkingDays(receiver, dateOf(dueAt, receiver), patience);
        return [first, addWorkingDays(receiver, first, 5)].map((date) =>
          cardMoment(receiver, date, cardTime),
        );
      },
    },
  ],
  practice: [{ of: 'asked', via: 'card', at: (falling, rep, settings) => twice(falling, rep, settings, 0) }],
  time_report: [
    { of: 'asked', via: 'prompt', at: ({ dueAt }, receiver) => whileAtWork(receiver, dueAt) },
    {
      of: 'asked',
      via: 'card',
      at: ({ dueAt }, receiver, { cardTime }) => [
        cardMoment(receiver, addWorkingDays(receiver, dateOf(dueAt, receiver), 1), cardTime),
      ],
    },
  ],
};

const dateOf = (instant: number, { zone }: WorkingTime): string => toLocal(instant, zone).date;

const afterOneOnOne = (dueAt: number): number => dueAt + oneOnOneMinutes * minute;

/** A prompt for the evening is none: the next morning's card has the row then. */
function whileAtWork(receiver: WorkingTime, at: number): number[] {
  return isWorkingAt(receiver, at) ? [at] : [];
}

/** The week's brief, the morning of the day, and the morning after if it is still not logged. */
function onOneOnOneCards({ dueAt }: Falling, receiver: WorkingTime, { cardTime }: Settings): number[] {
  const date = dateOf(dueAt, receiver);
  const brief = workingDayFrom(receiver, addDays(date, 1 - weekdayOf(date)));
  const days = [
    ...(brief < date ? [brief] : []),
    ...(isWorkingDay(receiver, date) ? [date] : []),
    addWorkingDays(receiver, date, 1),
  ];
  return days.map((one) => cardMoment(receiver, one, cardTime));
}

function onObservedCallCards({ dueAt }: Falling, receiver: WorkingTime, settings: Settings): number[] {
  const date = dateOf(dueAt, receiver);
  const first = workingDayFrom(receiver, date);
  const again = settings.observedCallFollowUps.map((nth) => nthWorkingDayOfMonth(receiver, date, nth));
  return [first, ...again.filter((one): one is string => one !== undefined && one > first)]
    .filter((one) => !isQuietAtQuarterEnd(receiver, one, settings))
    .map((one) => cardMoment(receiver, one, settings.cardTime));
}

/** In the last working days of a fiscal quarter nobody is asked to sit in on calls. */
export function isQuietAtQuarterEnd(
  receiver: WorkingTime,
  date: string,
  { fiscalYearStart, quietDaysAtQuarterEnd }: Pick<Settings, 'fiscalYearStart' | 'quietDaysAtQuarterEnd'>,
): boolean {
  const monthsIn = (Number(date.slice(5, 7)) - fiscalYearStart + 12) % 3;
  if (monthsIn !== 2 || quietDaysAtQuarterEnd === 0) return false;
  const firstQuiet = addWorkingDays(receiver, addDays(lastDayOfMonth(date), 1), -quietDaysAtQuarterEnd);
  return date >= firstQuiet;
}

/** On the card of the day (or so many working days later), and once more a while after. */
function twice(
  { dueAt }: Falling,
  receiver: WorkingTime,
  { cardTime, checkInAskedAgainAfterWorkingDays: pause }: Settings,
  workingDaysLater: number,
): number[] {
  const first = addWorkingDays(receiver, workingDayFrom(receiver, dateOf(dueAt, receiver)), workingDaysLater);
  return [first, addWorkingDays(receiver, first, pause)].map((date) => cardMoment(receiver, date, cardTime));
}

/** The period of a check-in is its day after training. */
export const checkInPeriod = (day: number): string => `D${day}`;
export const dayOfCheckIn = (period: string): number => Number(period.slice(1));

export function isForManagerToo(period: string, settings: Settings): boolean {
  return dayOfCheckIn(period) > settings.checkInRepAloneUntilDay;
}

/** When what a rule makes closes unfinished. What falls due on a date that is told brings its own. */
export function closesAt(
  kind: DutyKind,
  { dueAt, following, zone }: { dueAt: number; following: number; zone: string },
  { timeReportClosesWeekday, timeReportClosesTime }: Settings,
): number {
  const { date, weekday } = toLocal(dueAt, zone);
  if (kind === 'observed_call') return startOfDay(addDays(lastDayOfMonth(date), 1), zone);
  if (kind === 'time_report') {
    const days = (timeReportClosesWeekday - weekday + 7) % 7 || 7;
    const closing = toInstant({ date: addDays(date, days), time: timeReportClosesTime }, zone);
    return Math.min(closing, following);
  }
  return following;
}

/** One message of a kind a day for one person: what falls on the same local day goes into the same one. */
export function askKey(kind: DeliveryKind, receiverId: string, at: number, zone: string): string {
  return `${kind}/${receiverId}/${toLocal(at, zone).date}`;
}
