import { practiceItem } from '#domain/practice/items.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { NoteFacts } from '#storage/card.ts';
import { type Debrief, findDebriefs } from '#storage/debriefs.ts';
import { currentSettings } from '#storage/settings.ts';
import { together } from '#storage/together.ts';
import { thoseFor } from '../card/coached.ts';
import type { CardRow, NoteRows, RowsFor } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import type { Part } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { ids } from './view.ts';
import { accountOf, concernsInWords, seenInWords } from './words.ts';

/** On a card it stands for good; on Home what nobody reacted to goes after a while. */
const daysOnHome = 14;

export function isRecent({ madeAt }: NoteFacts, { date, on, reader }: RowsFor): boolean {
  return on !== 'home' || toLocal(madeAt.getTime(), reader.zone).date >= addDays(date, -daysOnHome);
}

/** To the rep: the part of a debrief that is theirs. */
export const sharedRows: NoteRows = async (request, facts) => {
  const { trx, workspaceId } = request;
  const [debriefs, { pillarNames }] = await together([
    debriefsBehind(request, facts),
    currentSettings(trx, workspaceId),
  ]);
  return rowsOf(request, facts, debriefs, (note, debrief) => {
    const manager = firstNameOf(note.aboutName, 60);
    const base = {
      later: false,
      movable: false,
      counted: ['note about a call', 'notes about calls'],
      alone: `${manager} listened to a call of yours. One moment to replay.`,
    } as const;
    if (debrief.withdrawnAt !== null) {
      return {
        ...base,
        open: false,
        text: [{ bold: manager }, ' withdrew what they had shared about a call.'],
      };
    }
    const seen = seenInWords(debrief.seen, pillarNames);
    return {
      ...base,
      open: note.settledAt === null,
      text: [
        { bold: `${manager} listened to your call` },
        `: ${accountOf(debrief.account, 100)}, ${dayInWords(debrief.heldOn)}${
          debrief.followed === 'recording' ? ', from the recording' : ''
        }`,
        ...titled('Worked', debrief.worked),
        ...titled('Also worked', debrief.secondStrength),
        ...titled('One moment to replay', debrief.moment),
        ...(seen === '' ? [] : [`\n${seen}`]),
        ...concernsInWords(debrief).map((line) => `\n${line}`),
        ...next(debrief),
        ...(debrief.answer === null
          ? ['\nWhat do you make of it? Press the button, or write in the thread of this message.']
          : titled('You wrote', debrief.answer)),
      ],
      act: {
        label:
          debrief.answer === null ? fitted(`Answer ${firstNameOf(note.aboutName)}`, 30) : 'Change answer',
        actionId: ids.answer,
        value: debrief.id,
        describes: `Answer what ${manager} wrote about your call`,
      },
      ...(note.settledAt === null
        ? {
            also: {
              label: 'Got it',
              actionId: ids.readShared,
              value: debrief.id,
              describes: 'You have read this; it leaves your list',
            },
          }
        : {}),
    };
  });
};

/** To the manager: what the rep answers, as long as they are the manager. */
export const answeredRows: NoteRows = async (request, facts) => {
  const aboutIds = facts.map(({ aboutId }) => aboutId);
  const [debriefs, coached] = await together([
    debriefsBehind(request, facts),
    thoseFor(request, aboutIds, 'log_debrief'),
  ]);
  return rowsOf(request, facts, debriefs, (note, debrief) => {
    const rep = firstNameOf(note.aboutName, 60);
    const isTheirs = coached.has(note.aboutId);
    const open = note.settledAt === null && isTheirs;
    return {
      open: open && debrief.withdrawnAt === null,
      later: false,
      text: [
        { bold: `${rep} answered` },
        ` about ${accountOf(debrief.account, 100)}, ${dayInWords(debrief.heldOn)}`,
        isTheirs
          ? `:\n${fitted(inOneLine(debrief.answer ?? ''), 600)}`
          : `. ${rep} reports to somebody else now, who reads it.`,
      ],
      ...(open
        ? {
            act: {
              label: 'Got it',
              actionId: ids.readAnswer,
              value: debrief.id,
              describes: 'You have read this; it leaves your list',
            },
          }
        : {}),
      movable: false,
      counted: ['answer about a call', 'answers about calls'],
      alone: `${rep} answered what you wrote about a call.`,
    };
  });
};

function debriefsBehind({ trx, workspaceId }: RowsFor, facts: NoteFacts[]): Promise<Map<string, Debrief>> {
  return findDebriefs(
    trx,
    workspaceId,
    facts.map(({ subjectId }) => subjectId),
  );
}

function rowsOf(
  request: RowsFor,
  facts: NoteFacts[],
  debriefs: ReadonlyMap<string, Debrief>,
  rowOf: (note: NoteFacts, debrief: Debrief) => CardRow,
): Map<string, CardRow> {
  return new Map(
    facts.flatMap((note) => {
      const debrief = debriefs.get(note.subjectId);
      return debrief === undefined || !isRecent(note, request) ? [] : [[note.noteId, rowOf(note, debrief)]];
    }),
  );
}

function titled(title: string, text: string | null): Part[] {
  return text === null ? [] : [{ bold: `\n${title}: ` }, fitted(inOneLine(text), 600)];
}

function next({ practiceItemId, followUpOn }: Debrief): Part[] {
  const item = practiceItemId === null ? undefined : practiceItem(practiceItemId);
  return [
    ...(item === undefined ? [] : titled('To practise', item.title)),
    ...(followUpOn === null ? [] : [`\nYou look at it again on ${dayInWords(followUpOn)}.`]),
  ];
}
