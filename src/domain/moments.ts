import type { Fate } from './absence.ts';
import type { Ask, Falling } from './duty.ts';
import type { Settings } from './settings.ts';
import { startOfDay, toLocal } from './time/zone.ts';
import { cardMoment, type WorkingTime, workingDayFrom } from './working-time.ts';

/** Later than this a question that precedes its occasion is not worth asking any more. */
const lapsesAfter = 8 * 60 * 60_000;

export interface Moment {
  via: Ask['via'];
  at: number;
}

export interface ToAsk extends Falling {
  /** Whoever is asked has put it off until then. */
  snoozedUntil: number | null;
}

/** When an ask of an occurrence reaches a receiver, given who is away and what was put off, as it stands now. */
export function momentsOf(
  ask: Ask,
  falling: ToAsk,
  time: WorkingTime,
  { fate, settings, now }: { fate: Fate; settings: Settings; now: number },
): Moment[] {
  let moments: Moment[] = ask.at(falling, time, settings).map((at) => ({ via: ask.via, at }));
  if (fate.kind === 'wait') {
    // Nobody is asked while one of the two is away; then on the card of the first day back.
    const first = cardMoment(time, workingDayFrom(time, fate.until), settings.cardTime);
    moments = notBefore(moments, startOfDay(fate.until, time.zone), { via: 'card', at: first });
  }
  const { snoozedUntil: at } = falling;
  if (ask.of === 'asked' && at !== null && at > now) {
    const again: Moment = { via: isOfToday(at, now, time, settings) ? 'prompt' : 'card', at };
    moments = notBefore([{ via: ask.via, at: now }, ...moments], at, again);
  }
  return inTime(moments, falling, now);
}

/** What was to come before a moment comes then, once. */
function notBefore(moments: Moment[], from: number, first: Moment): Moment[] {
  const later = moments.filter(({ at }) => at >= from);
  return later.length < moments.length ? [first, ...later] : later;
}

/** Put off to later today is asked in the day's prompt, unless the card is still to come. */
function isOfToday(at: number, now: number, time: WorkingTime, { cardTime }: Settings): boolean {
  const { date } = toLocal(now, time.zone);
  return toLocal(at, time.zone).date === date && at > cardMoment(time, date, cardTime);
}

/** Of what should have been asked before now, the latest is enough; and nothing is planned for after the end. */
function inTime(asks: Moment[], { dueAt, closesAt }: Falling, now: number): Moment[] {
  const past = asks.filter(({ at }) => at <= now).sort((a, b) => b.at - a.at);
  const worthwhile = past.filter(({ at }) => at >= dueAt || at + lapsesAfter >= now).slice(0, 1);
  return [...worthwhile, ...asks.filter(({ at }) => at > now)].filter(({ at }) => at < closesAt);
}
