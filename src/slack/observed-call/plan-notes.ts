import { addDays } from '#domain/time/civil.ts';
import { type CallPlan, findPlans } from '#storage/call-plans.ts';
import type { NoteFacts } from '#storage/card.ts';
import type { CardRow, NoteRows, RowsFor } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import type { Part } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';
import { spokenOfOnHome } from './month-plan.ts';
import { isRecent } from './notes.ts';
import { ids } from './view.ts';
import { accountOf } from './words.ts';

const callOf = ({ account, callOn }: CallPlan): string => `${accountOf(account, 100)}, ${dayInWords(callOn)}`;

/** To the manager: a rep would like this call to be listened to. */
export const requestedRows: NoteRows = (request, facts) =>
  rowsOf(request, facts, (note, plan) => {
    const rep = firstNameOf(note.aboutName, 60);
    const open = plan.state === 'asked' && plan.watcherId === request.reader.id;
    const answered: Partial<Record<CallPlan['state'], string>> = {
      planned: '\nYou will listen.',
      declined: `\nNot this one; ${rep} is told.`,
      watched: '\nYou wrote about it.',
    };
    const lookFor: Part[] =
      plan.lookFor === null ? [] : [{ bold: '\nTo look for: ' }, fitted(inOneLine(plan.lookFor), 400)];
    return {
      open,
      later: false,
      text: [
        { bold: `${rep} asks you to listen` },
        `: ${callOf(plan)}`,
        ...lookFor,
        ...(open ? [] : [answered[plan.state] ?? '']),
      ],
      ...(open
        ? {
            act: button('I will listen', ids.accept, plan.id, `You will listen to this call of ${rep}'s`),
            also: button(
              'Not this one',
              ids.decline,
              plan.id,
              `${rep} is told that it will not be this call`,
            ),
          }
        : {}),
      movable: false,
      counted: ['request to listen', 'requests to listen'],
      alone: `${rep} asks you to listen to a call on ${dayInWords(plan.callOn)}.`,
    };
  });

/** To the rep: not this one. */
export const declinedRows: NoteRows = (request, facts) =>
  rowsOf(request, facts, (note, plan) => {
    const manager = firstNameOf(note.aboutName, 60);
    const open = note.settledAt === null;
    return {
      open,
      later: false,
      text: [
        { bold: manager },
        ` will not listen to this call: ${callOf(plan)}.\nAnother one? /coach watch asks again.`,
      ],
      ...(open
        ? { act: button('Got it', ids.readDeclined, plan.id, 'You have read this; it leaves your list') }
        : {}),
      movable: false,
      counted: ['note about a call', 'notes about calls'],
      alone: `${manager} will not listen to the call on ${dayInWords(plan.callOn)}.`,
    };
  });

/** To both: a call will be listened to; after its day, how did it go? */
export const plannedRows: NoteRows = async (request, facts) => {
  const isHome = request.on === 'home';
  const repIds = facts.map(({ aboutId }) => aboutId).filter((id) => id !== request.reader.id);
  const known = isHome ? await spokenOfOnHome(request, repIds) : new Set();
  return rowsOf(request, facts, (note, plan) => {
    const isOver = request.date > plan.callOn;
    if (isHome && !isOver && (plan.callOn > addDays(request.date, 7) || known.has(plan.id))) return undefined;
    return plan.repId === request.reader.id
      ? repsRow(note, plan, request, isOver)
      : managersRow(note, plan, request, isOver);
  });
};

function managersRow(note: NoteFacts, plan: CallPlan, { reader }: RowsFor, isOver: boolean): CardRow {
  const rep = firstNameOf(note.aboutName, 60);
  const open = plan.state === 'planned' && plan.watcherId === reader.id;
  const ended: Partial<Record<CallPlan['state'], string>> = {
    watched: ' You wrote about it.',
    dropped: ' It did not come to pass.',
  };
  return {
    open,
    later: open && !isOver,
    text: [
      { bold: `${rep}'s call` },
      `: ${callOf(plan)}.`,
      open ? (isOver ? ' How did it go?' : ' You will listen.') : (ended[plan.state] ?? ''),
      ...(open && isOver && plan.review !== null
        ? [`\n${rep} has written their own view; the form shows it.`]
        : []),
    ],
    ...(open && isOver
      ? {
          act: button('After the call', ids.observePlan, plan.id, `Write after this call of ${rep}'s`),
          also: button('I did not listen', ids.drop, plan.id, 'Nobody is asked about this call any more'),
        }
      : {}),
    movable: false,
    counted: ['call you planned to hear', 'calls you planned to hear'],
    alone: `How did ${rep}'s call on ${dayInWords(plan.callOn)} go?`,
  };
}

function repsRow(note: NoteFacts, plan: CallPlan, { on }: RowsFor, isOver: boolean): CardRow {
  const manager = firstNameOf(note.aboutName, 60);
  const isPlanned = plan.state === 'planned';
  const base = {
    movable: false,
    counted: ['question about a call', 'questions about calls'],
  } as const;
  const call: Part[] = [{ bold: 'Your call' }, `: ${callOf(plan)}.`];
  if (!isPlanned) {
    const text =
      plan.state === 'watched' ? ` ${manager} has written about it.` : ` ${manager} could not listen.`;
    return { ...base, open: false, later: false, text: [...call, text], alone: text.trim() };
  }
  if (!isOver) {
    return {
      ...base,
      counted: ['call that is listened to', 'calls that are listened to'],
      open: true,
      later: on === 'home',
      text: [...call, ` ${manager} will listen. The working day after, your card asks how it went.`],
      alone: `${manager} will listen to your call on ${dayInWords(plan.callOn)}.`,
    };
  }
  return {
    ...base,
    open: plan.review === null,
    later: false,
    text: [
      ...call,
      plan.review === null
        ? ' How did it go? One thing that worked, one moment to replay.'
        : ` You wrote. To replay: ${fitted(inOneLine(plan.review.moment), 300)}`,
    ],
    act: button(
      plan.review === null ? 'My view' : 'Change my view',
      ids.review,
      plan.id,
      `Write how your call went, before ${manager} does`,
    ),
    alone: `How did your call on ${dayInWords(plan.callOn)} go? ${manager} reads your view first.`,
  };
}

const button = (label: string, actionId: string, value: string, describes: string) => ({
  label,
  actionId,
  value,
  describes,
});

async function rowsOf(
  request: RowsFor,
  facts: NoteFacts[],
  rowOf: (note: NoteFacts, plan: CallPlan) => CardRow | undefined,
): Promise<Map<string, CardRow>> {
  const { trx, workspaceId } = request;
  const plans = await findPlans(
    trx,
    workspaceId,
    facts.map(({ subjectId }) => subjectId),
  );
  return new Map(
    facts.flatMap((note) => {
      const plan = plans.get(note.subjectId);
      const row = plan === undefined || !isWanted(note, plan, request) ? undefined : rowOf(note, plan);
      return row === undefined ? [] : [[note.noteId, row]];
    }),
  );
}

/** A plan made long before its call is asked about all the same. */
const isWanted = (note: NoteFacts, { callOn }: CallPlan, request: RowsFor): boolean =>
  isRecent(note, request) || callOn >= addDays(request.date, -14);
