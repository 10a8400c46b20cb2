import { mixOf } from '#domain/manager-time.ts';
import { mondayOf } from '#domain/reported-week.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { type KeptTimeReport, timeReportsOf } from '#storage/time-reports.ts';
import { excusedLine } from '../card/excused.ts';
import { type CardRow, type DutyRows, isOpen } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import type { Part } from '../rich-text.ts';
import { ids, title } from './view.ts';
import { mixInWords, weekInWords } from './words.ts';

/** A manager's own week: on Friday's prompt, on the card after it, and on Home. */
export const timeReportRows: DutyRows = async ({ trx, workspaceId, reader, date }, facts) => {
  const own = facts.filter((one) => one.askedId === reader.id);
  const reports = await timeReportsOf(
    trx,
    workspaceId,
    own.map((one) => one.occurrenceId),
  );
  return new Map(
    own.map((one) => [
      one.occurrenceId,
      rowOf(one, reports.get(one.occurrenceId), { date, zone: reader.zone }),
    ]),
  );
};

function rowOf(
  one: OccurrenceFacts,
  report: KeptTimeReport | undefined,
  day: { date: string; zone: string },
): CardRow {
  const week = mondayOf(one.period);
  const due = toLocal(one.dueAt.getTime(), day.zone);
  const closes = toLocal(one.closesAt.getTime(), day.zone);
  const open = isOpen(one);
  const later = open && due.date > day.date;
  const isPast = due.date < day.date;
  const until =
    closes.date === day.date ? `${closes.time} today` : `${dayInWords(closes.date)}, ${closes.time}`;
  const rest = open
    ? later
      ? `, ${dayInWords(due.date)}, ${due.time}`
      : `, ${weekInWords(week)}\nFive guesses. Open until ${until}.`
    : `, ${weekInWords(week)}`;
  return {
    open,
    later,
    text: [{ bold: title }, rest, ...(open ? snoozed(one, day) : settled(one, report))],
    ...(later ? {} : { act: actOf(open, report, week) }),
    movable: open && !later,
    counted: ['time report', 'time reports'],
    alone: isPast ? `Last week, roughly. Two minutes, until ${until}.` : 'Your week, roughly. Two minutes.',
  };
}

function actOf(open: boolean, report: KeptTimeReport | undefined, week: string): NonNullable<CardRow['act']> {
  const label = open ? 'Report time' : report === undefined ? 'Report late' : 'Change';
  return {
    label,
    actionId: ids.report,
    value: week,
    describes: `${label}: how ${weekInWords(week)} went`,
  };
}

function snoozed({ snoozedUntil }: OccurrenceFacts, { date, zone }: { date: string; zone: string }): Part[] {
  if (snoozedUntil === null) return [];
  const asked = toLocal(snoozedUntil.getTime(), zone).date;
  return asked > date ? [`\nPut off to ${dayInWords(asked)}.`] : [];
}

function settled(one: OccurrenceFacts, report: KeptTimeReport | undefined): Part[] {
  if (report === undefined) {
    return [one.state === 'excused' ? excusedLine(one, one.askedId) : '\nClosed without a report.'];
  }
  const said = report.late ? 'Reported late' : 'Reported';
  return ['\n', { emoji: 'white_check_mark' }, ` ${said}: ${mixInWords(mixOf(report))}.`];
}
