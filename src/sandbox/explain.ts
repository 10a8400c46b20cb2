import { dayOfCheckIn } from '#domain/duty.ts';
import type { NoteKind } from '#domain/note.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { type Waits, waits } from '#domain/sending.ts';
import { toLocal } from '#domain/time/zone.ts';
import {
  type ExplainedDelivery,
  type ExplainedOccurrence,
  explainMessage as explain,
} from '#services/explain-message.ts';
import type { Sandbox } from './sandbox.ts';

/** For the inspector: the ledger row behind a message, and in words why it was sent. */
export interface Explanation {
  rows: { label: string; value: string }[];
  why: string[];
}

export async function explainMessage(
  { application }: Sandbox,
  channel: string,
  ts: string,
): Promise<Explanation | undefined> {
  const { context, workspaceId } = application;
  const found = await explain(context, workspaceId, { channel, ts });
  return found && { rows: rowsOf(found), why: whyOf(found) };
}

function rowsOf(delivery: ExplainedDelivery): Explanation['rows'] {
  const rows = [
    { label: 'Kind', value: delivery.kind },
    { label: 'Key', value: delivery.key },
    { label: 'State', value: delivery.state },
    { label: 'Due (business time)', value: delivery.dueAt.toISOString() },
    { label: 'Intent (machine time)', value: delivery.intentAt?.toISOString() ?? '' },
    { label: 'Attempts', value: String(delivery.attempts) },
    { label: "Slack's last answer", value: delivery.lastAnswer ?? '' },
  ];
  if (delivery.edit !== null && delivery.edit.version > 0) {
    const { state, version, lastAnswer } = delivery.edit;
    rows.push({
      label: 'Edits',
      value: `${version}, the last ${state}${lastAnswer === null ? '' : ` (${lastAnswer})`}`,
    });
  }
  return rows;
}

function whyOf(delivery: ExplainedDelivery): string[] {
  const { kind, receiver, dueAt, occurrences, notes, tookAlong, state } = delivery;
  const zone = receiver?.timeZone ?? 'UTC';
  const inZone = (at: Date): string => {
    const { date, time } = toLocal(at.getTime(), zone);
    return `${date} ${time}`;
  };
  return [
    receiver === null
      ? `This was posted in the channel at ${inZone(dueAt)} (${zone}), because enablement chose so: once a week.`
      : `${receiver.name} got this at ${inZone(dueAt)} of their own time (${zone}), because ${ruleOf(kind)}.`,
    ...(receiver === null ? howItCounts : []),
    ...tookAlong.map(
      (because) => `It took along what was to be a message of its own, because ${waitInWords(because)}.`,
    ),
    ...[...Map.groupBy(occurrences, (one) => endOf(one, inZone))].map(
      ([end, alike]) => `It carries ${dutiesInWords(alike)} of ${end}`,
    ),
    ...notes.map((one) => `It says once: ${noteNames[one.kind]} (${one.aboutName}).`),
    state === 'delivered'
      ? 'Slack confirmed it, so it is never sent again; changes are made in place.'
      : `Its delivery is ${state}.`,
  ];
}

function endOf(
  { kind, period, dueAt, closesAt, state, reason }: ExplainedOccurrence,
  inZone: (at: Date) => string,
) {
  const end = reason === null ? state : `${state} (${reason.replaceAll('_', ' ')})`;
  return `${kind === 'check_in' ? `day ${dayOfCheckIn(period)}` : period}, due ${inZone(dueAt)}: ${end}. It closes at ${inZone(closesAt)}.`;
}

/** Of one kind, mostly; each kind is named once. */
function dutiesInWords(alike: readonly ExplainedOccurrence[]): string {
  const kinds = Map.groupBy(alike, ({ kind }) => kind);
  return [...kinds]
    .map(([kind, same]) => dutyNames[kind](same.map(({ aboutName }) => aboutName).join(', ')))
    .join(' and ');
}

function ruleOf(kind: string): string {
  return kind === 'prompt'
    ? 'what the day asked for was over: the one message besides the card'
    : 'everything asked on a day is on one card, at nine or when work begins';
}

const dutyNames: Record<DutyKind, (name: string) => string> = {
  one_on_one: (name) => `the 1:1 about ${name}`,
  observed_call: (name) => `the observed call of ${name}`,
  check_in: (name) => `the check-in about ${name}`,
  commitment: (name) => `what ${name} was going to try`,
  practice: (name) => `${name}'s practice`,
  time_report: (name) => `the time report of ${name}`,
};

const noteNames: Record<NoteKind, string> = {
  set_slots: 'no slot is set yet',
  debrief_shared: 'a debrief was shared',
  debrief_answered: 'a debrief was answered',
  watch_requested: 'a call is to be listened to',
  watch_declined: 'not this call',
  call_planned: 'a call will be listened to',
  practice_to_verify: 'practice was looked back on',
  certification_result: 'a certificate, or what is missing',
  certificate_withdrawn: 'a certificate was taken back',
  baseline: 'the questions before the training',
  digest_trouble: 'the digest could not be posted',
};

/** Why something is left to a card, in the order in which it is looked at. */
const waitWords: Record<Waits, string> = {
  away: 'they were away',
  outside_working_time: 'it was outside their working time',
  day_is_over: 'its day was over',
  day_is_full: 'the messages of that day were used up',
  week_is_full: 'the messages of that week were used up',
};

function waitInWords(because: string): string {
  const known = waits.find((one) => one === because);
  return known === undefined ? 'several were due at once' : waitWords[known];
}

/** What each figure of a digest counts. */
const howItCounts: readonly string[] = [
  'Rate: done, of done and missed. Excused counts in neither direction; what was logged late stays missed. Below five there is no rate.',
  'Observed calls: reps with a live call and its debrief in the month, of all reps; the fourth wave stands apart.',
  'Retention: of the reps who showed it on day 0 and whose manager watched a call with a chance for it, those seen doing it. Not watched and not answered are counted beside it.',
  "Managers' time: averages of four weeks over at least five managers; nobody is named.",
];
