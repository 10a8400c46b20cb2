import { checkInPeriod, isForManagerToo } from '#domain/duty.ts';
import { weekOf } from '#domain/sending.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { addWorkingDays, type WorkingTime, workingDayFrom } from '#domain/working-time.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { type CheckInFacts, checkInsOf } from '#storage/check-ins.ts';
import { findMember, workingTimeOf } from '#storage/members.ts';
import { currentSettings } from '#storage/settings.ts';
import { together } from '#storage/together.ts';
import { excused, excusedLine } from '../card/excused.ts';
import { type CardRow, type DutyRows, isOpen, type RowsFor } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import type { Part } from '../rich-text.ts';
import { firstNameOf, fitted } from '../text.ts';
import { ids, teamValue } from './view.ts';
import { answersInWords, bothInWords, programmeInLine } from './words.ts';

/** A rep's own check-ins, one row each; a manager's, one row for all reps of a programme and day. */
export const checkInRows: DutyRows = async (request, facts) => {
  const { trx, workspaceId, reader, date } = request;
  const occurrenceIds = facts.map((one) => one.occurrenceId);
  const [known, settings] = await together([
    checkInsOf(trx, workspaceId, occurrenceIds),
    currentSettings(trx, workspaceId),
  ]);
  const byId = new Map(known.map((one) => [one.occurrenceId, one]));
  const pairs = facts.flatMap((occurrence): Pair[] => {
    const one = byId.get(occurrence.occurrenceId);
    return one === undefined ? [] : [{ occurrence, checkIn: one }];
  });
  const time = pairs.length > 0 ? await timeOnHome(request) : undefined;
  // What falls due on a weekend, or is for the manager after it, is asked next week.
  const isThisWeek = (day: (time: WorkingTime) => string): boolean =>
    time === undefined || weekOf(day(time)) <= weekOf(date);
  const own = pairs.filter(
    (pair) =>
      pair.checkIn.repId === reader.id &&
      (dueOn(pair, reader.zone) <= date || isThisWeek((there) => repsDay(pair, there))),
  );
  const ofTeam = pairs.filter(
    (pair) =>
      pair.checkIn.managerId === reader.id &&
      isForManagerToo(checkInPeriod(pair.checkIn.day), settings) &&
      isThisWeek((there) => managersDay(pair, there)),
  );
  const groups = Map.groupBy(ofTeam, ({ checkIn }) => teamValue(checkIn.programmeId, checkIn.day));
  return new Map([
    ...own.map((pair) => [pair.occurrence.occurrenceId, ownRow(pair, settings, request, time)] as const),
    ...[...groups.values()].map((group) => teamRow(group, settings, request, time)),
  ]);
};

/** A card carries only what it was planned to ask; Home has to tell what is asked when. */
async function timeOnHome({ trx, workspaceId, reader, on }: RowsFor): Promise<WorkingTime | undefined> {
  const member = on === 'home' ? await findMember(trx, workspaceId, reader.id) : undefined;
  return member && workingTimeOf(member);
}

const dueOn = ({ occurrence }: Pair, zone: string): string => toLocal(occurrence.dueAt.getTime(), zone).date;

interface Pair {
  occurrence: OccurrenceFacts;
  checkIn: CheckInFacts;
}

function ownRow(
  pair: Pair,
  settings: Settings,
  { reader, date }: RowsFor,
  time: WorkingTime | undefined,
): CardRow {
  const { occurrence, checkIn } = pair;
  const { day, rep, programmeName, pillars } = checkIn;
  const open = isOpen(occurrence) && rep === null;
  const due = dueOn(pair, reader.zone);
  const later = open && due > date;
  const programme = programmeInLine(programmeName);
  const mayStill = rep !== null || isOpen(occurrence);
  return {
    open,
    later,
    text: [
      { bold: `Day ${day}: a quick look` },
      `, ${programme}`,
      ...(open
        ? later
          ? [`, ${dayInWords(time === undefined ? due : repsDay(pair, time))}`]
          : [`\nOn recent calls, did you use ${pillars.map((one) => settings.pillarNames[one]).join(', ')}?`]
        : ownEnding(checkIn, occurrence, settings)),
    ],
    ...(mayStill && !later
      ? {
          act: {
            label: rep === null ? 'Look back' : 'See or change',
            actionId: ids.answer,
            value: occurrence.occurrenceId,
            describes: `Answer the check-in of day ${day} of ${fitted(programme, 30)}`,
          },
        }
      : {}),
    movable: open && !later,
    counted: ['check-in', 'check-ins'],
    alone: `Day ${day} of ${programme}: a quick look.`,
  };
}

function ownEnding(checkIn: CheckInFacts, occurrence: OccurrenceFacts, { pillarNames }: Settings): Part[] {
  const { state } = occurrence;
  const { rep, pillars, managerName } = checkIn;
  if (rep === null) {
    return [
      state === 'excused'
        ? excusedLine(occurrence, occurrence.askedId)
        : state === 'done'
          ? '\nDone.'
          : '\nClosed without an answer.',
    ];
  }
  const late = rep.late ? ' This came late.' : '';
  const both = bothInWords(checkIn, 'rep', pillarNames);
  if (both !== undefined) return ['\n', { emoji: 'white_check_mark' }, ` ${both}${late}`];
  const own = `You: ${answersInWords('rep', rep.answers, pillars, pillarNames)}.${late}`;
  return ['\n', { emoji: 'white_check_mark' }, ` ${own}`, otherSide(occurrence, managerName)];
}

/** What comes of the manager's side, or came of it. */
function otherSide(occurrence: OccurrenceFacts, managerName: string | null): string {
  if (occurrence.state === 'excused') return excusedLine(occurrence, occurrence.askedId);
  if (managerName === null || occurrence.state === 'done') return '';
  return isOpen(occurrence)
    ? ` ${firstNameOf(managerName)} is asked next.`
    : '\nClosed without an answer of your manager.';
}

const repsDay = (pair: Pair, time: WorkingTime): string => workingDayFrom(time, dueOn(pair, time.zone));

/** The rep comes first, the manager the working day after. */
const managersDay = (pair: Pair, time: WorkingTime): string => addWorkingDays(time, repsDay(pair, time), 1);

function teamRow(
  group: readonly Pair[],
  settings: Settings,
  { date }: RowsFor,
  time: WorkingTime | undefined,
): readonly [string, CardRow] {
  const waiting = group.filter(({ occurrence, checkIn }) => isOpen(occurrence) && checkIn.manager === null);
  const now = waiting.filter((pair) => time === undefined || managersDay(pair, time) <= date);
  const shown = now.length > 0 ? now : waiting.length > 0 ? waiting : group;
  const [first] = shown;
  if (first === undefined) throw new Error('a group of check-ins without any');
  const { day, programmeId, programmeName } = first.checkIn;
  const programme = programmeInLine(programmeName);
  const open = waiting.length > 0;
  const later = open && now.length === 0;
  const count = shown.length === 1 ? firstNameOf(first.checkIn.repName) : `${shown.length} reps`;
  const anyAnswer = group.some(({ checkIn }) => checkIn.manager !== null);
  const act = open
    ? { label: 'Look back', actionId: ids.team }
    : { label: 'See or change', actionId: ids.teamAll };
  const row: CardRow = {
    open,
    later,
    text: [
      { bold: `Day ${day} of ${programme}` },
      `: ${count}`,
      ...(open
        ? later
          ? askedLater(shown, time)
          : [`\nWhat did you see on their calls? ${names(shown)}`]
        : teamEnding(group, settings)),
    ],
    ...((open && !later) || (!open && anyAnswer)
      ? {
          act: {
            ...act,
            value: teamValue(programmeId, day),
            describes: `Day ${day} of ${fitted(programme, 30)} for ${fitted(count, 20)}`,
          },
        }
      : {}),
    movable: false,
    counted: ['check-in to answer', 'check-ins to answer'],
    alone: `Day ${day} of ${programme}: what did you see of ${count}?`,
  };
  return [first.occurrence.occurrenceId, row];
}

function askedLater(pairs: readonly Pair[], time: WorkingTime | undefined): Part[] {
  if (time === undefined) return [];
  const [first = ''] = pairs.map((pair) => managersDay(pair, time)).sort();
  return [`, ${dayInWords(first)}`];
}

const namesShown = 8;

function names(pairs: readonly Pair[]): string {
  if (pairs.length === 1) return '';
  const shown = pairs.slice(0, namesShown).map(({ checkIn }) => firstNameOf(checkIn.repName));
  const rest = pairs.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

function teamEnding(group: readonly Pair[], { pillarNames }: Settings): Part[] {
  const answered = group.filter(({ checkIn }) => checkIn.manager !== null);
  const [only] = answered;
  if (only === undefined) {
    const isExcused = group.every(({ occurrence }) => occurrence.state === 'excused');
    return [isExcused ? excused : '\nClosed without an answer.'];
  }
  const both = group.length === 1 ? bothInWords(only.checkIn, 'manager', pillarNames) : undefined;
  const late = answered.some(({ checkIn }) => checkIn.manager?.late === true) ? ' Some came late.' : '';
  const bothIn = answered.filter(({ checkIn }) => checkIn.rep !== null).length;
  const words =
    both ?? `Answered for ${answered.length} of ${group.length}. Both sides are in for ${bothIn}.`;
  return ['\n', { emoji: 'white_check_mark' }, ` ${words}${late}`];
}
