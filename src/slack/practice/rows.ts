import { toLocal } from '#domain/time/zone.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { type PracticeRowFacts, practiceRowsOf, verificationRowsOf } from '#storage/practice-rows.ts';
import { together } from '#storage/together.ts';
import { thoseFor } from '../card/coached.ts';
import { excusedLine } from '../card/excused.ts';
import { type CardRow, type DutyRows, isOpen, type NoteRows } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import type { Part } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { reflectionText } from './verify-view.ts';
import { ids, reflectionWords, saidOf } from './view.ts';

/** The rep's side: the item, and what was said of it since. */
export const practiceRows: DutyRows = async ({ trx, workspaceId, reader, date }, facts) => {
  const own = facts.filter((one) => one.askedId === reader.id);
  const known = await practiceRowsOf(trx, workspaceId, own);
  return new Map(
    own.flatMap((one) => {
      const found = known.get(one.occurrenceId);
      return found === undefined
        ? []
        : [[one.occurrenceId, rowOf(one, found, { date, zone: reader.zone })] as const];
    }),
  );
};

function rowOf(
  one: OccurrenceFacts,
  { assignment, assignedByName, review, verifiedByName }: PracticeRowFacts,
  { date, zone }: { date: string; zone: string },
): CardRow {
  const title = fitted(inOneLine(assignment.title), 75);
  const open = isOpen(one);
  const due = toLocal(one.dueAt.getTime(), zone).date;
  const later = open && due > date;
  const situation = assignment.situation === null ? '' : `${fitted(inOneLine(assignment.situation), 150)} `;
  const asked: Part[] = [
    `\n${situation}${fitted(inOneLine(assignment.task), 300)}`,
    ...(assignment.why === null
      ? []
      : [`\n${firstNameOf(assignedByName)}: ${fitted(inOneLine(assignment.why), 200)}`]),
  ];
  const act = {
    actionId: ids.reflect,
    value: one.occurrenceId,
    describes: fitted(`Look back on: ${title}`, 75),
  };
  return {
    open,
    later,
    text: [
      { bold: title },
      ...(later ? [`, ${dayInWords(due)}`] : open ? asked : settled(one, review, verifiedByName)),
    ],
    ...(open && !later ? { act: { ...act, label: 'Done, look back' } } : {}),
    ...(review !== undefined && review.verified === null ? { act: { ...act, label: 'Change' } } : {}),
    movable: open && !later,
    counted: ['thing to practise', 'things to practise'],
    alone: `One thing to practise: ${title}.`,
  };
}

/** What was written after the end is shown beside how it ended: it is kept, and it changes no rate. */
function settled(
  one: OccurrenceFacts,
  review: PracticeRowFacts['review'],
  verifiedByName = 'your manager',
): Part[] {
  if (review === undefined) {
    if (one.state === 'excused') return [excusedLine(one, one.askedId)];
    return ['\nClosed for this time. It comes again later.'];
  }
  const { reflection, sentence, late, verified } = review;
  const words = fitted(inOneLine(sentence), 200);
  const when = late ? ', written late' : '';
  return [
    '\n',
    { emoji: 'white_check_mark' },
    ` You: ${reflectionWords[reflection].toLowerCase()}${when}. ${words}`,
    ...(verified === null ? [] : [`\n${saidOf(firstNameOf(verifiedByName), verified.verification)}.`]),
    ...(verified === null || verified.noteToRep === null
      ? []
      : [` ${fitted(inOneLine(verified.noteToRep), 300)}`]),
  ];
}

/** The manager's side: what a rep says of it, until whoever manages the rep now has said what could be seen. */
export const verificationRows: NoteRows = async (request, facts) => {
  const { trx, workspaceId, reader } = request;
  const subjectIds = facts.map((one) => one.subjectId);
  const aboutIds = facts.map((one) => one.aboutId);
  const [known, theirs] = await together([
    verificationRowsOf(trx, workspaceId, subjectIds),
    thoseFor(request, aboutIds, 'verify_practice'),
  ]);
  return new Map(
    facts.flatMap((one) => {
      const found = known.get(one.subjectId);
      return found === undefined || !theirs.has(one.aboutId)
        ? []
        : [[one.noteId, verificationRow(found, one.aboutName, reader.id)]];
    }),
  );
};

function verificationRow(
  {
    assignment,
    review,
    verifiedByName = '',
  }: PracticeRowFacts & { review: NonNullable<PracticeRowFacts['review']> },
  repName: string,
  readerId: string,
): CardRow {
  const first = firstNameOf(repName);
  const title = fitted(inOneLine(assignment.title), 75);
  const { verified } = review;
  const who = verified?.by === readerId ? 'You' : firstNameOf(verifiedByName);
  const said = verified === null ? '' : saidOf(who, verified.verification).replace('You has', 'You have');
  const value = review.id;
  return {
    open: verified === null,
    later: false,
    text: [
      { bold: title },
      '\n',
      ...reflectionText({ review, first }),
      ...(verified === null ? [] : ['\n', { emoji: 'white_check_mark' }, ` ${said}.`]),
    ],
    act: {
      label: verified === null ? 'Say what you saw' : 'Change',
      actionId: ids.verify,
      value,
      describes: `Say what you saw of ${firstNameOf(repName, 50)}'s practice`,
    },
    ...(verified === null
      ? {
          also: {
            label: "Haven't watched",
            actionId: ids.notWatched,
            value,
            describes: `You have not watched ${firstNameOf(repName, 50)} practise this`,
          },
        }
      : {}),
    movable: false,
    counted: ['practice to look at', 'practices to look at'],
    alone: `${first} tried “${title}”. Did you see it?`,
  };
}
