import { toLocal } from '#domain/time/zone.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { preparationsOf } from '#storage/one-on-one-rows.ts';
import { type CardRow, type DutyRows, isOpen } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { ids } from './view.ts';

/** The rep's side of a 1:1: one question, the working day before. */
export const preparationRows: DutyRows = async ({ trx, workspaceId, reader }, facts) => {
  const own = facts.filter((one) => one.aboutId === reader.id);
  const written = await preparationsOf(
    trx,
    workspaceId,
    own.map((one) => one.occurrenceId),
  );
  return new Map(
    own.map((one) => [one.occurrenceId, rowOf(one, written.get(one.occurrenceId), reader.zone)]),
  );
};

type Written = { answer: string | null; commitment: string | null } | undefined;

function rowOf(one: OccurrenceFacts, written: Written, zone: string): CardRow {
  const manager = firstNameOf(one.askedName, 60);
  const { date, time } = toLocal(one.dueAt.getTime(), zone);
  const answer = written?.answer ?? null;
  const commitment = written?.commitment ?? null;
  // Once the 1:1 has begun, a question that is still to be posted comes too late.
  const open = one.state === 'planned' && answer === null;
  const asked = isOpen(one)
    ? 'Which moment would you like to replay?'
    : 'There is nothing to answer any more.';
  const setOut = commitment === null ? '' : `\nYou set out to try: ${fitted(inOneLine(commitment), 300)}`;
  return {
    open,
    later: false,
    text:
      answer === null
        ? [{ bold: `1:1 with ${manager}` }, `, ${dayInWords(date)}, ${time}${setOut}\n${asked}`]
        : [
            { bold: `1:1 with ${manager}` },
            `, ${dayInWords(date)}, ${time}\n`,
            { emoji: 'white_check_mark' },
            ` You wrote: ${fitted(inOneLine(answer), 300)}`,
          ],
    ...(isOpen(one)
      ? {
          act: {
            label: answer === null ? 'Answer' : 'Change',
            actionId: ids.answer,
            value: one.occurrenceId,
            describes: `Answer before the 1:1 with ${manager}`,
          },
        }
      : {}),
    movable: false,
    counted: ['question before a 1:1', 'questions before 1:1s'],
    alone: `Your 1:1 with ${manager} is coming up. One question first.`,
  };
}
