import { toLocal } from '#domain/time/zone.ts';
import { type CallPlan, openPlansOf } from '#storage/call-plans.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { type Debrief, debriefsOfOccurrences } from '#storage/debriefs.ts';
import { together } from '#storage/together.ts';
import { excusedLine } from '../card/excused.ts';
import { type CardRow, type DutyRows, isAsked, isOpen, type RowsFor } from '../card/row.ts';
import { dayInWords } from '../dates.ts';
import type { Part } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine, nameOf } from '../text.ts';
import { planOfMonth } from './month-plan.ts';
import { ids } from './view.ts';
import { accountOf } from './words.ts';

/** The manager's row for the live call of the month: write about one, or plan to listen to one. */
export const observedCallRows: DutyRows = async (request, facts) => {
  const { trx, workspaceId, reader } = request;
  const own = facts.filter((one) => isAsked(one, reader.id));
  const open = own.filter(isOpen).map((one) => one.aboutId);
  const [debriefs, plans] = await together([
    debriefsOfOccurrences(
      trx,
      workspaceId,
      own.map((one) => one.occurrenceId),
    ),
    openPlansOf(trx, workspaceId, open),
  ]);
  return new Map(
    own.map((one) => [
      one.occurrenceId,
      rowOf(
        one,
        debriefs.get(one.occurrenceId),
        planOfMonth(plans, { repId: one.aboutId, period: one.period }),
        request,
      ),
    ]),
  );
};

function rowOf(
  one: OccurrenceFacts,
  debrief: Debrief | undefined,
  plan: CallPlan | undefined,
  { date, reader }: RowsFor,
): CardRow {
  const name = nameOf(one.aboutName);
  const first = firstNameOf(one.aboutName, 60);
  const due = toLocal(one.dueAt.getTime(), reader.zone).date;
  const last = dayInWords(toLocal(one.closesAt.getTime() - 1, reader.zone).date);
  const open = isOpen(one);
  const later = open && due > date;
  const standsIn = one.standInId === null ? '' : ` for ${firstNameOf(one.askedName)}, who is away`;
  const line = `, one live call by ${last}${standsIn}`;
  return {
    open,
    later,
    text: [
      { bold: name },
      line,
      ...(open ? waiting(one, plan, { date, zone: reader.zone }) : settled(one, debrief, reader.id)),
    ],
    ...(open && !later ? buttons(one.aboutId, name, plan?.watcherId === reader.id ? plan : undefined) : {}),
    ...(debrief !== undefined && debrief.observerId === reader.id
      ? {
          act: {
            label: 'Change',
            actionId: ids.change,
            value: debrief.id,
            describes: `Change what you wrote after ${nameOf(one.aboutName, 40)}'s call`,
          },
        }
      : {}),
    movable: open && !later,
    counted: ['call to listen to', 'calls to listen to'],
    alone: `Which call of ${first}'s will you listen to? One live call by ${last}.`,
  };
}

const buttons = (repId: string, name: string, plan: CallPlan | undefined): Pick<CardRow, 'act' | 'also'> => ({
  act: {
    label: 'After the call',
    actionId: ids.observe,
    value: repId,
    describes: `Write after a call of ${nameOf(name, 50)}`,
  },
  also:
    plan === undefined
      ? {
          label: 'Plan',
          actionId: ids.plan,
          value: repId,
          describes: `Plan to listen to a call of ${nameOf(name, 40)}`,
        }
      : {
          label: 'Change',
          actionId: ids.changePlan,
          value: plan.id,
          describes: `Change when you listen to the call of ${nameOf(name, 40)}`,
        },
});

function waiting(
  { snoozedUntil }: OccurrenceFacts,
  plan: CallPlan | undefined,
  { date, zone }: { date: string; zone: string },
): Part[] {
  const putOff = snoozedUntil === null ? undefined : toLocal(snoozedUntil.getTime(), zone).date;
  return [
    ...(plan === undefined
      ? []
      : [`\nPlanned for ${dayInWords(plan.callOn)}: ${accountOf(plan.account, 80)}.`]),
    ...(putOff !== undefined && putOff > date ? [`\nPut off to ${dayInWords(putOff)}.`] : []),
  ];
}

/** What was written after the end is shown beside how it ended: it is kept, and it changes no rate. */
function settled(one: OccurrenceFacts, debrief: Debrief | undefined, readerId: string): Part[] {
  const { state } = one;
  if (debrief === undefined) {
    if (state === 'done') return ['\nStays done; what was written has been withdrawn or moved since.'];
    return [state === 'excused' ? excusedLine(one, readerId) : '\nThe month ended without one.'];
  }
  const shared = state === 'done' ? 'Shared' : 'Logged late';
  const call = `${accountOf(debrief.account, 60)}, ${dayInWords(debrief.heldOn)}`;
  return [
    '\n',
    { emoji: 'white_check_mark' },
    ` ${shared}: ${call}. To replay: ${fitted(inOneLine(debrief.moment), 120)}`,
  ];
}
