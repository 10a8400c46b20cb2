import { toLocal } from '#domain/time/zone.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { type LoggedRow, logsOfOccurrences } from '#storage/one-on-one-rows.ts';
import { takenBack } from '#storage/taken-back.ts';
import { excusedLine } from '../card/excused.ts';
import { type CardRow, type DutyRows, isAsked, isOpen, type RowsFor } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import type { Part } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine, nameOf } from '../text.ts';
import { ids } from './view.ts';

/** The manager's side of a 1:1: announced in the week's brief, to be logged on its day and after. */
export const oneOnOneRows: DutyRows = async ({ trx, workspaceId, reader, date, on }, facts) => {
  const own = facts.filter((one) => isAsked(one, reader.id));
  const logs = await logsOfOccurrences(
    trx,
    workspaceId,
    own.map((one) => one.occurrenceId),
  );
  return new Map(
    own.map((one) => [
      one.occurrenceId,
      rowOf(one, logs.get(one.occurrenceId), { date, zone: reader.zone, on }, reader.id),
    ]),
  );
};

type Day = { date: string; zone: string; on: RowsFor['on'] };

function rowOf(one: OccurrenceFacts, log: LoggedRow | undefined, day: Day, readerId: string): CardRow {
  const name = nameOf(one.aboutName);
  const due = toLocal(one.dueAt.getTime(), day.zone);
  const when = due.date === day.date ? `at ${due.time}` : `on ${dayInWords(due.date)}, ${due.time}`;
  const open = isOpen(one);
  const later = open && due.date > day.date;
  const standsIn = one.standInId === null ? '' : ` for ${firstNameOf(one.askedName)}, who is away`;
  const rest: Part[] = open ? [] : settled(one, log, readerId);
  const logIt = {
    label: 'Log 1:1',
    actionId: ids.log,
    value: one.aboutId,
    describes: `Log 1:1 with ${nameOf(name, 55)}`,
  };
  return {
    open,
    later,
    text: [{ bold: name }, `, 1:1 ${when}${standsIn}`, ...rest],
    ...(open && !later ? { act: logIt } : {}),
    // Withdrawn, it is not logged any more, and may be logged anew.
    ...(one.state === 'done' && one.reason === takenBack ? { act: logIt } : {}),
    ...(log?.writerId === readerId
      ? {
          also: {
            label: 'Change',
            actionId: ids.change,
            value: log.logId,
            describes: `Change what you logged about ${nameOf(name, 40)}`,
          },
        }
      : {}),
    movable: open && !later,
    // In the morning it is still to be held; later there is only something to write down.
    counted: day.on === 'prompt' || due.date < day.date ? ['1:1 to log', '1:1s to log'] : ['1:1', '1:1s'],
    alone: aloneLine(one, due, day),
  };
}

function aloneLine(one: OccurrenceFacts, due: { date: string; time: string }, day: Day): string {
  const first = firstNameOf(one.aboutName, 60);
  if (due.date < day.date) return `${first}'s 1:1 is not logged yet. Log one thing.`;
  return day.on === 'prompt'
    ? `${first}'s 1:1 just ended. Log one thing.`
    : `${dayInWords(day.date)}: your 1:1 with ${first} is at ${due.time}.`;
}

/** What was logged after the end is shown beside how it ended: it is kept, and it changes no rate. */
function settled(one: OccurrenceFacts, log: LoggedRow | undefined, readerId: string): Part[] {
  const { state, reason } = one;
  if (log === undefined) {
    if (state === 'done' && reason === takenBack) return ['\nThe log is withdrawn; this counts neither way.'];
    if (state === 'done') return ['\n', { emoji: 'white_check_mark' }, ' Logged.'];
    return [state === 'excused' ? excusedLine(one, readerId) : '\nClosed without a log.'];
  }
  const logged = state === 'done' ? 'Logged' : 'Logged late';
  const { takeaway } = log;
  const text =
    takeaway === null
      ? `${logged}.`
      : `${logged}. To try by ${dayInWords(takeaway.by)}: ${fitted(inOneLine(takeaway.text), 160)}`;
  return ['\n', { emoji: 'white_check_mark' }, ` ${text}`];
}
