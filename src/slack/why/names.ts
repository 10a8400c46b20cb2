import type { DeliveryKind } from '#domain/delivery.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { DecidedDelivery } from '#services/decided-delivery.ts';
import type { NamedDuty } from '#storage/person-ledger.ts';
import { dayInWords } from '../dates.ts';
import { firstNameOf } from '../text.ts';

/** Plain text without mark-up, for Slack and for the command line. */

/** Whose messages they are: the reader's own, or somebody else's. */
export interface Whose {
  personId: string;
  zone: string;
  own: boolean;
}

export const your = ({ own }: Whose): string => (own ? 'your' : 'their');
export const youWere = ({ own }: Whose): string => (own ? 'you were' : 'they were');
export const youAre = ({ own }: Whose): string => (own ? 'you are' : 'they are');

export function momentInWords(at: Date, { zone }: Pick<Whose, 'zone'>): string {
  const { date, time } = toLocal(at.getTime(), zone);
  return `${dayInWords(date)}, ${time}`;
}

/** By the rule that made it, with what is on it. */
export function messageNamed(
  { kind, duties, notes }: Pick<DecidedDelivery, 'kind' | 'duties' | 'notes'>,
  whose: Pick<Whose, 'personId'>,
): string {
  const isTimeReport =
    kind === 'prompt' && duties.length > 0 && duties.every((one) => one.kind === 'time_report');
  if (isTimeReport) return 'prompt for the time report';
  return `${ruleOf(kind, duties)}${carriedInWords(duties, notes, whose)}`;
}

function ruleOf(kind: DeliveryKind, duties: readonly NamedDuty[]): string {
  if (kind !== 'prompt') return kind === 'card' ? 'card of the day' : 'digest';
  return duties.some((one) => one.kind === 'one_on_one') ? 'prompt after the last 1:1 of the day' : 'prompt';
}

const mostNamed = 3;

function carriedInWords(duties: readonly NamedDuty[], notes: number, whose: Pick<Whose, 'personId'>): string {
  const named = [...new Set(duties.map((one) => dutyNamed(one, whose)))];
  const more = named.length - mostNamed;
  const words = [
    ...named.slice(0, mostNamed),
    ...(more > 0 ? [`${more} more`] : []),
    ...(notes === 0 ? [] : [notes === 1 ? 'something to read' : `${notes} things to read`]),
  ];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

const ofOthers: Record<DutyKind, (first: string) => string> = {
  one_on_one: (first) => `1:1 with ${first}`,
  observed_call: (first) => `a call of ${first} to listen to`,
  check_in: (first) => `check-in about ${first}`,
  commitment: (first) => `what ${first} set out to try`,
  practice: (first) => `practice of ${first}`,
  time_report: (first) => `time report of ${first}`,
};

/** As whoever it is about is asked it. */
const ofOneself: Record<DutyKind, string> = {
  one_on_one: 'question before the 1:1',
  observed_call: 'call to be observed',
  check_in: 'check-in',
  commitment: 'what was agreed to try',
  practice: 'practice',
  time_report: 'time report',
};

export function dutyNamed(
  { kind, aboutId, aboutName }: NamedDuty,
  { personId }: Pick<Whose, 'personId'>,
): string {
  return aboutId === personId ? ofOneself[kind] : ofOthers[kind](firstNameOf(aboutName));
}
