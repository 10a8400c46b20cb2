import { checkInPeriod, isForManagerToo } from '#domain/duty.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { addWorkingDays, workingDayFrom } from '#domain/working-time.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { type CheckInFacts, checkInsOf } from '#storage/check-ins.ts';
import { findMember, workingTimeOf } from '#storage/members.ts';
import { currentSettings } from '#storage/settings.ts';
import { together } from '#storage/together.ts';
import { excused, excusedLine } from '../card/excused.ts';
import { type CardRow, type DutyRows, isOpen, type RowsFor } from '../card/row.ts';
import type { Part } from '../rich-text.ts';
import { firstNameOf, fitted } from '../text.ts';
import { ids, teamValue } from './view.ts';
import { answersInWords, bothInWords, programmeInLine } from './words.ts';

/** A rep's own check-ins, one row each; a manager's, one row for all reps of a programme and day. */
export const checkInRows: DutyRows = async (request, facts) => {
  const { trx, workspaceId, reader } = request;
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
  const own = pairs.filter(({ checkIn }) => checkIn.repId === reader.id);
  const ofTeam = pairs.filter(
    ({ checkIn }) => checkIn.managerId === reader.id && isForManagerToo(checkInPeriod(checkIn.day), settings),
  );
  const groups = Map.groupBy(ofTeam, ({ checkIn }) => teamValue(checkIn.programmeId, checkIn.day));
  const isTime = ofTeam.length > 0 ? await managersTurn(request) : () => true;
  return new Map([
    ...own.map((pair) => [pair.occurrence.occurrenceId, ownRow(pair, settings, request)] as const),
    ...[...groups.values()].map((group) => teamRow(group, settings, isTime)),
  ]);
};

interface Pair {
  occurrence: OccurrenceFacts;
  checkIn: CheckInFacts;
}

function ownRow({ occurrence, checkIn }: Pair, settings: Settings, { reader, date }: RowsFor): CardRow {
  const { day, rep, programmeName, pillars } = checkIn;
  const open = isOpen(occurrence) && rep === null;
  const later = open && toLocal(occurrence.dueAt.getTime(), reader.zone).date > date;
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
          ? []
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
  const waits = managerName === null || state === 'done' ? '' : ` ${firstNameOf(managerName)} is asked next.`;
  const words = both ?? `You: ${answersInWords('rep', rep.answers, pillars, pillarNames)}.${waits}`;
  return ['\n', { emoji: 'white_check_mark' }, ` ${words}${late}`];
}

/** Whether it is the manager's turn: the rep comes first, the manager the working day after. */
async function managersTurn({
  trx,
  workspaceId,
  reader,
  date,
  on,
}: RowsFor): Promise<(pair: Pair) => boolean> {
  // A card carries only what it was planned to ask.
  if (on !== 'home') return () => true;
  const member = await findMember(trx, workspaceId, reader.id);
  if (member === undefined) return () => false;
  const time = workingTimeOf(member);
  return ({ occurrence }) => {
    const due = workingDayFrom(time, toLocal(occurrence.dueAt.getTime(), time.zone).date);
    return addWorkingDays(time, due, 1) <= date;
  };
}

function teamRow(
  group: readonly Pair[],
  settings: Settings,
  isTime: (pair: Pair) => boolean,
): readonly [string, CardRow] {
  const waiting = group.filter(({ occurrence, checkIn }) => isOpen(occurrence) && checkIn.manager === null);
  const now = waiting.filter(isTime);
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
          ? []
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
