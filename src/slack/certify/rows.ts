import { isValidOn } from '#domain/certification.ts';
import type { Settings } from '#domain/settings.ts';
import type { NoteFacts } from '#storage/card.ts';
import { type CertificationRecord, certificationsOf } from '#storage/certifications.ts';
import { namesOf } from '#storage/names.ts';
import { listProgrammes } from '#storage/programmes.ts';
import { currentSettings } from '#storage/settings.ts';
import { together } from '#storage/together.ts';
import type { CardRow, NoteRows, RowsFor } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import { calledIn, sessionDay } from '../programme/view.ts';
import type { Part } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { ids, mostToSay } from './view.ts';
import { lackingByPillar, nextSteps, pillarName } from './words.ts';

/** What the rep is told of. */
export interface Told {
  note: NoteFacts;
  record: CertificationRecord;
  /** The last day of the certificate that this was to renew. */
  keptUntil: string | undefined;
  programmeName: string;
  managerFirst: string;
  settings: Settings;
}

/** To the rep: certified, or what is missing. */
export const resultRows: NoteRows = (request, notes) => rowsOf(request, notes, resultRow);

/** To the rep: it was given by mistake. */
export const takenBackRows: NoteRows = (request, notes) => rowsOf(request, notes, takenBackRow);

export function resultRow(told: Told): CardRow {
  const { note, record, programmeName } = told;
  const open = note.settledAt === null;
  return {
    open,
    later: false,
    text: record.validUntil === null ? notYet(told, open) : certified(told),
    ...(open
      ? { act: gotIt(ids.readResult, record.id, 'You have read this result; it leaves your list') }
      : {}),
    movable: false,
    counted: ['certification result', 'certification results'],
    alone:
      record.validUntil === null
        ? `${programmeName}: what your certificate still needs.`
        : `You are certified in ${programmeName}.`,
  };
}

export function takenBackRow({ note, record, programmeName, managerFirst }: Told): CardRow {
  const open = note.settledAt === null;
  return {
    open,
    later: false,
    text: [
      { bold: `Certificate for ${programmeName}` },
      `: ${managerFirst} took back the one of ${dayInWords(record.judgedOn)}, so you do not count as certified. ` +
        `Ask ${managerFirst} what it was about.`,
    ],
    ...(open ? { act: gotIt(ids.readTakenBack, record.id, 'You have read this; it leaves your list') } : {}),
    movable: false,
    counted: ['word about a certificate', 'words about certificates'],
    alone: `Your certificate for ${programmeName} was taken back.`,
  };
}

function certified(told: Told): Part[] {
  const { record, programmeName, managerFirst, settings } = told;
  if (record.withdrawnAt !== null) {
    return [{ bold: `Certificate for ${programmeName}` }, ': taken back since.'];
  }
  const scores = record.ratings
    .map(({ pillar, score }) => `${pillarName(settings.pillarNames, pillar)} ${score}`)
    .join(', ');
  return [
    { emoji: 'white_check_mark' },
    { bold: ` You are certified in ${programmeName}` },
    ` until ${sessionDay(record.validUntil ?? '')}. ${managerFirst} rated ${scores}, and each was seen unasked on a real account.`,
    ...howKnown(told),
  ];
}

function notYet(told: Told, open: boolean): Part[] {
  const { record, keptUntil, programmeName, managerFirst, settings } = told;
  const head =
    keptUntil === undefined
      ? { bold: `Certificate for ${programmeName}: not yet` }
      : { bold: `Certificate for ${programmeName}: good until ${sessionDay(keptUntil)}, not renewed yet` };
  if (!open) return [head, `, on ${dayInWords(record.judgedOn)}.`];
  return [
    head,
    `. ${managerFirst} looked at it on ${dayInWords(record.judgedOn)}. Still missing:`,
    ...lackingByPillar(record.missing, settings.pillarNames).map((line) => `\n${line}.`),
    ...nextSteps(record.missing, { is: 'rep', managerFirst }).map((line) => `\n${line}`),
    ...howKnown(told),
  ];
}

/** What the manager wrote of how they know. */
function howKnown({ record, managerFirst, settings }: Told): Part[] {
  return record.ratings.flatMap(({ pillar, knownBy }) =>
    knownBy === null
      ? []
      : [
          `\n${managerFirst} on ${pillarName(settings.pillarNames, pillar)}: ${fitted(inOneLine(knownBy), mostToSay)}`,
        ],
  );
}

const gotIt = (actionId: string, value: string, describes: string) => ({
  label: 'Got it',
  actionId,
  value,
  describes,
});

async function rowsOf(
  { trx, workspaceId }: RowsFor,
  notes: NoteFacts[],
  rowOf: (told: Told) => CardRow,
): Promise<Map<string, CardRow>> {
  const repIds = [...new Set(notes.map(({ aboutId }) => aboutId))];
  const [all, programmeList, settings] = await together([
    certificationsOf(trx, workspaceId, repIds),
    listProgrammes(trx, workspaceId),
    currentSettings(trx, workspaceId),
  ]);
  const programmes = new Map(programmeList.map((one) => [one.id, one]));
  const judges = new Set(all.map((one) => one.withdrawnBy ?? one.judgedBy));
  const names = await namesOf(trx, workspaceId, [...judges]);
  return new Map(
    notes.flatMap((note) => {
      const record = all.find(({ id }) => id === note.subjectId);
      const programme = programmes.get(record?.programmeId ?? '');
      if (record === undefined || programme === undefined) return [];
      const by = record.withdrawnBy ?? record.judgedBy;
      const told = {
        note,
        record,
        keptUntil: keptUntil(record, all),
        programmeName: calledIn(programme, 60),
        managerFirst: firstNameOf(names.get(by) ?? 'your manager'),
        settings,
      };
      return [[note.noteId, rowOf(told)] as const];
    }),
  );
}

function keptUntil(record: CertificationRecord, all: readonly CertificationRecord[]): string | undefined {
  const kept = all.findLast(
    (one) =>
      one.programmeId === record.programmeId &&
      one.repId === record.repId &&
      one.judgedAt < record.judgedAt &&
      one.withdrawnAt === null &&
      one.validUntil !== null &&
      isValidOn(one.validUntil, record.judgedOn),
  );
  return kept?.validUntil ?? undefined;
}
