import { toLocal } from '#domain/time/zone.ts';
import { addWorkingDays } from '#domain/working-time.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { findMember, workingTimeOf } from '#storage/members.ts';
import { commitmentsById } from '#storage/one-on-one-rows.ts';
import { currentSettings } from '#storage/settings.ts';
import { excusedLine } from '../card/excused.ts';
import { type CardRow, type DutyRows, isAsked, isOpen } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { ids } from './view.ts';

/** What became of what a rep set out to try, where no 1:1 has come to ask for it. */
export const commitmentRows: DutyRows = async ({ trx, workspaceId, reader, date, on }, facts) => {
  const asked = facts.filter((one) => isAsked(one, reader.id));
  const own = on === 'home' ? await patientlyWaited(asked) : asked;
  const commitments = await commitmentsById(
    trx,
    workspaceId,
    own.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId])),
  );
  return new Map(
    own.flatMap((one) => {
      const commitment = commitments.get(one.subjectId ?? '');
      return commitment === undefined ? [] : [[one.occurrenceId, rowOf(one, commitment)] as const];
    }),
  );

  /** Home says no sooner than a card would that a 1:1 should have asked. */
  async function patientlyWaited(some: OccurrenceFacts[]): Promise<OccurrenceFacts[]> {
    if (some.length === 0) return some;
    const member = await findMember(trx, workspaceId, reader.id);
    if (member === undefined) return [];
    const { commitmentOnCardAfterWorkingDays: patience } = await currentSettings(trx, workspaceId);
    const time = workingTimeOf(member);
    return some.filter(
      ({ dueAt }) => addWorkingDays(time, toLocal(dueAt.getTime(), reader.zone).date, patience) <= date,
    );
  }
};

function rowOf(one: OccurrenceFacts, { text, by }: { text: string; by: string }): CardRow {
  const first = firstNameOf(one.aboutName, 60);
  const open = isOpen(one);
  return {
    open,
    later: false,
    text: [
      { bold: first },
      ` was going to try by ${dayInWords(by)}: ${fitted(inOneLine(text), 300)}`,
      ...(open ? ['\nWhat happened?'] : ended(one)),
    ],
    ...(open
      ? {
          act: {
            label: 'Say what happened',
            actionId: ids.answer,
            value: one.subjectId ?? '',
            describes: `Say what happened with what ${firstNameOf(one.aboutName, 30)} set out to try`,
          },
        }
      : {}),
    movable: open,
    counted: ['follow-up', 'follow-ups'],
    alone: `${first} set out to try something. What happened?`,
  };
}

function ended(one: OccurrenceFacts): CardRow['text'] {
  const { state, reason } = one;
  if (state === 'done') return ['\n', { emoji: 'white_check_mark' }, ' You said what happened.'];
  if (reason === 'replaced') return ['\nYou have agreed on something else since.'];
  if (reason === 'withdrawn') return ['\nWithdrawn.'];
  return [state === 'excused' ? excusedLine(one, one.askedId) : '\nClosed without an answer.'];
}
