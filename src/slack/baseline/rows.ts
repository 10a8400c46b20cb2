import { otherHabitsIn } from '#domain/baseline.ts';
import { isBaselineAsked } from '#domain/programme.ts';
import type { Settings } from '#domain/settings.ts';
import { type Baseline, baselinesOf } from '#storage/baselines.ts';
import type { NoteFacts } from '#storage/card.ts';
import { type Enrolment, enrolmentsByIds, listProgrammes, type Programme } from '#storage/programmes.ts';
import { currentSettings } from '#storage/settings.ts';
import { together } from '#storage/together.ts';
import type { CardRow, NoteRows, RowsFor } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import type { Part } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { ids } from './view.ts';
import { differenceLines, habits, scoreLines } from './words.ts';

interface Asked {
  note: NoteFacts;
  enrolment: Enrolment;
  programme: Programme;
  rep: number[] | undefined;
  manager: number[] | undefined;
}

/** Before a training: one row for a rep, and one for a manager, however many of their reps it is about. */
export const baselineRows: NoteRows = async (request, notes) => {
  const { trx, workspaceId, reader } = request;
  const enrolmentIds = notes.map(({ subjectId }) => subjectId);
  const [enrolments, programmes, baselines, settings] = await together([
    enrolmentsByIds(trx, workspaceId, enrolmentIds),
    listProgrammes(trx, workspaceId),
    baselinesOf(trx, workspaceId, enrolmentIds),
    currentSettings(trx, workspaceId),
  ]);
  const asked = notes.flatMap((note): Asked[] => {
    const enrolment = enrolments.find(({ id }) => id === note.subjectId);
    const programme = programmes.find(({ id }) => id === enrolment?.programmeId);
    if (enrolment === undefined || programme === undefined) return [];
    return [{ note, enrolment, programme, ...sidesOf(baselines, enrolment.id) }];
  });
  const ofTeam = asked
    .filter(({ enrolment }) => enrolment.repId !== reader.id && enrolment.managerId === reader.id)
    .sort((one, other) => one.enrolment.repName.localeCompare(other.enrolment.repName));
  const groups = Map.groupBy(ofTeam, ({ programme }) => programme.id);
  return new Map([
    ...asked
      .filter(({ enrolment }) => enrolment.repId === reader.id)
      .map((one) => [one.note.noteId, ownRow(one, settings, request)] as const),
    ...[...groups.values()].map((group) => teamRow(group, settings, request)),
  ]);
};

function sidesOf(baselines: readonly Baseline[], enrolmentId: string) {
  const of = (side: Baseline['side']) =>
    baselines.find((one) => one.enrolmentId === enrolmentId && one.side === side)?.answers;
  return { rep: of('rep'), manager: of('manager') };
}

/** Once the training has begun, or nobody wants to know any more, it asks for nothing. */
const isWanted = ({ note, programme }: Asked, date: string): boolean =>
  note.settledAt === null && isBaselineAsked(programme.sessionOn, date);

const counted = ['set of questions before a training', 'sets of questions before a training'] as const;

function ownRow(asked: Asked, { pillarNames }: Settings, { date }: RowsFor): CardRow {
  const { programme, rep, manager, note } = asked;
  const open = rep === undefined && isWanted(asked, date);
  const name = fitted(inOneLine(programme.name), 60);
  return {
    open,
    later: false,
    text: [
      { bold: `Before ${name}` },
      `, ${dayInWords(programme.sessionOn)}`,
      ...(open ? ['\nTen short sentences: how much is each like you?'] : []),
      ...(rep === undefined ? [] : ownResult(rep, manager, pillarNames)),
      ...(rep === undefined && !open ? ['\nClosed without an answer.'] : []),
    ],
    ...(open ? { act: act(note.subjectId, `Answer ten questions before ${fitted(name, 40)}`) } : {}),
    movable: false,
    counted,
    alone: `${name} begins on ${dayInWords(programme.sessionOn)}. Ten short questions first.`,
  };
}

function ownResult(rep: number[], manager: number[] | undefined, names: Settings['pillarNames']): Part[] {
  const lines =
    manager === undefined
      ? scoreLines(rep, names)
      : differenceLines({ rep, manager }, names, { rep: 'you', manager: 'your manager' });
  const natural = otherHabitsIn(rep).map((one) => habits[one]);
  return [
    '\n',
    { emoji: 'white_check_mark' },
    ` ${lines.join('. ')}.`,
    ...(natural.length === 0 ? [] : [`\nAlso comes naturally: ${natural.join(', ')}.`]),
  ];
}

function teamRow(
  group: readonly Asked[],
  { pillarNames }: Settings,
  { date }: RowsFor,
): readonly [string, CardRow] {
  const waiting = group.filter((one) => one.manager === undefined && isWanted(one, date));
  const shown = waiting.length > 0 ? waiting : group;
  const [first] = shown;
  if (first === undefined) throw new Error('a group of notes without any');
  const { programme, enrolment, note } = first;
  const name = fitted(inOneLine(programme.name), 60);
  const open = waiting.length > 0;
  const count = shown.length === 1 ? firstNameOf(enrolment.repName) : `${shown.length} reps`;
  const answered = group.filter(({ manager }) => manager !== undefined);
  const row: CardRow = {
    open,
    later: false,
    text: [
      { bold: `Before ${name}` },
      `, ${dayInWords(programme.sessionOn)}: ${count}`,
      open
        ? `\nTen short sentences about each, one rep at a time; ${firstNameOf(enrolment.repName)} first.`
        : answered.length === 0
          ? '\nClosed without an answer.'
          : '',
      ...(open || answered.length === 0 ? [] : teamResult(answered, pillarNames)),
    ],
    ...(open ? { act: act(note.subjectId, `Answer ten questions before ${fitted(name, 40)}`) } : {}),
    movable: false,
    counted,
    alone: `${name} begins on ${dayInWords(programme.sessionOn)}. How do you see ${count}?`,
  };
  return [note.noteId, row];
}

function teamResult(answered: readonly Asked[], names: Settings['pillarNames']): Part[] {
  const [only] = answered;
  const done: Part[] = ['\n', { emoji: 'white_check_mark' }, ' '];
  if (answered.length > 1 || only?.manager === undefined)
    return [...done, `Answered for ${answered.length}.`];
  const { rep, manager, enrolment } = only;
  const lines =
    rep === undefined
      ? scoreLines(manager, names)
      : differenceLines({ rep, manager }, names, { rep: firstNameOf(enrolment.repName), manager: 'you' });
  return [...done, `${lines.join('. ')}.`];
}

const act = (enrolmentId: string, describes: string) => ({
  label: 'Answer',
  actionId: ids.answer,
  value: enrolmentId,
  describes,
});
