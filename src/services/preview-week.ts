import { type Absence, fateOf, firstDayWithout } from '#domain/absence.ts';
import { asksOf, closesAt, planAhead } from '#domain/duty.ts';
import { type Asked, type Foreseen, foresee } from '#domain/first-week.ts';
import type { PublicHoliday } from '#domain/holidays.ts';
import { momentsOf, type ToAsk } from '#domain/moments.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { occurrencesBetween } from '#domain/recurrence.ts';
import type { Settings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { holidaysFrom, isWorkingDay, workingDayFrom } from '#domain/working-time.ts';
import { absencesOf } from '#storage/asks.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import { type ReceiverRow, receiversOf } from '#storage/receivers.ts';
import type { ReportingLine } from '#storage/reporting.ts';
import { type CadenceAhead, cadencesAhead, notesAhead, openAhead } from '#storage/week-ahead.ts';

const week = 7 * 24 * 60 * 60_000;

/** One line of a message: a duty about somebody, or something that is only said. */
export interface PreviewRow {
  kind: DutyKind | 'note';
  aboutId: string;
  /** When the duty falls due; null for what is only said. */
  dueAt: number | null;
}

/** What one person would get. */
export interface PersonWeek {
  person: Member;
  messages: Foreseen<PreviewRow>[];
  /** Days of it on which they would work otherwise. */
  holidays: PublicHoliday[];
}

interface Ahead extends ToAsk {
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  /** When it is made, and so when its messages are planned. */
  knownAt: number;
}

/**
 * What people would get in the week from `now`, if they were asked from now on and nothing were done meanwhile. By
 * the rules that plan and send, on what stands in the database; nothing is planned or sent by it.
 */
export async function previewWeek(
  trx: Trx,
  workspaceId: string,
  who: { members: readonly Member[]; lines: readonly ReportingLine[]; settings: Settings },
  now: number,
): Promise<PersonWeek[]> {
  const { members, lines, settings } = who;
  const people = new Map(members.map((one) => [one.id, one]));
  const ids = [...people.keys()];
  const today = toLocal(now, 'UTC').date;
  const receivers = await receiversOf(trx, workspaceId, ids, addDays(today, -8));
  const absent = await absencesOf(
    trx,
    ids.map((memberId) => ({ workspaceId, memberId })),
    addDays(today, -1),
  );
  const absences = absent.get(workspaceId) ?? [];
  const ahead = [
    ...(await cadencesAhead(trx, workspaceId)).flatMap((one) => madeBy(one, people, settings, now)),
    ...(await openAhead(trx, workspaceId, new Date(now))).map((one) => ({
      ...one,
      dueAt: one.dueAt.getTime(),
      closesAt: one.closesAt.getTime(),
      snoozedUntil: one.snoozedUntil?.getTime() ?? null,
      knownAt: now,
    })),
  ];
  const managerOf = new Map(lines.map(({ repId, managerId }) => [repId, managerId]));
  const asked = new Map<string, Asked<PreviewRow>[]>(ids.map((id) => [id, []]));
  for (const one of ahead) {
    for (const { receiverId, ...moment } of askedOf(one, { managerOf, receivers, absences, settings })) {
      asked.get(receiverId)?.push(moment);
    }
  }
  for (const { receiverId, aboutId, at } of await notesAhead(trx, workspaceId)) {
    asked
      .get(receiverId)
      ?.push({ via: 'card', at: at.getTime(), row: { kind: 'note', aboutId, dueAt: null } });
  }
  return members.flatMap((person): PersonWeek[] => {
    const receiver = receivers.get(person.id);
    if (receiver === undefined) return [];
    const span = { from: now, until: now + week };
    const recipient = { ...receiver, backOn: (date: string) => backOn(receiver, date) };
    const messages = foresee(asked.get(person.id) ?? [], recipient, span, settings);
    const holidays = holidaysFrom(receiver.time, toLocal(now, receiver.time.zone).date, 8);
    return [{ person, messages, holidays }];
  });
}

function backOn({ id, time, absences }: ReceiverRow, date: string): string | undefined {
  const back = firstDayWithout(absences, [id], date);
  return back === date ? undefined : workingDayFrom(time, back);
}

/** The occurrences a rule is still to make whose messages may fall into the week. */
function madeBy(
  { kind, askedId, aboutId, rule, nextDueAt, pausedUntil }: CadenceAhead,
  people: ReadonlyMap<string, Member>,
  settings: Settings,
  now: number,
): Ahead[] {
  const asked = people.get(askedId);
  if (asked === undefined) return [];
  const { timeZone: zone, workingDays: days, country } = asked;
  const paused = pausedUntil === null ? now : startOfDay(pausedUntil, zone) - 1;
  const after = nextDueAt === null ? Math.max(now, paused) : nextDueAt.getTime() - 1;
  const works = (date: string): boolean => isWorkingDay({ days, country }, date);
  // One more than the week holds, since each closes when the next falls due.
  const until = now + week + planAhead;
  const made = occurrencesBetween(rule, zone, after, until + 93 * 24 * 60 * 60_000, works);
  return made.flatMap(({ period, due }, index): Ahead[] => {
    const following = made[index + 1]?.due;
    if (due > until || following === undefined) return [];
    return [
      {
        kind,
        askedId,
        aboutId,
        period,
        dueAt: due,
        closesAt: closesAt(kind, { dueAt: due, following, zone }, settings),
        snoozedUntil: null,
        knownAt: Math.max(now, due - planAhead),
      },
    ];
  });
}

interface Among {
  managerOf: ReadonlyMap<string, string>;
  receivers: ReadonlyMap<string, ReceiverRow>;
  absences: readonly Absence[];
  settings: Settings;
}

function askedOf(
  one: Ahead,
  { managerOf, receivers, absences, settings }: Among,
): (Asked<PreviewRow> & { receiverId: string })[] {
  const { kind, askedId, aboutId, dueAt, knownAt } = one;
  const zone = receivers.get(askedId)?.time.zone;
  if (zone === undefined) return [];
  const fate = fateOf(one, zone, absences);
  if (fate.kind === 'excuse') return [];
  const ids = {
    asked: fate.kind === 'stand_in' ? fate.standInId : askedId,
    about: aboutId,
    manager: managerOf.get(aboutId),
  };
  // One and the same on every message that shows it, so that none shows it twice.
  const row: PreviewRow = { kind, aboutId, dueAt };
  return asksOf[kind].flatMap((ask) => {
    const receiver = receivers.get(ids[ask.of] ?? '');
    if (receiver === undefined) return [];
    const moments = momentsOf(ask, one, receiver.time, { fate, settings, now: knownAt });
    return moments.map((moment) => ({ ...moment, receiverId: receiver.id, row }));
  });
}
