import { excuseOf } from '#domain/excuse.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { DecidedDelivery, MessageEnd } from '#services/decided-delivery.ts';
import type { DecidedDuty } from '#services/decided-duties.ts';
import type { Decided } from '#services/explain-messages.ts';
import type { NamedDuty } from '#storage/person-ledger.ts';
import { dayInWords } from '../dates.ts';
import { holidayInWords } from '../holiday-words.ts';
import { firstNameOf } from '../text.ts';
import { dutyNamed, messageNamed, momentInWords, type Whose, youAre, your, youWere } from './names.ts';
import { afterTries, inSlacksWords, lastSaid } from './slack-answers.ts';

/** "Thu 12 Mar, 16:30 — your prompt after the last 1:1 of the day (1:1 with Sam) went out; Slack took it at once." */
export function decisionInWords(decided: Decided, whose: Whose): string {
  const said = decided.what === 'message' ? messageInWords(decided, whose) : dutyInWords(decided, whose);
  return `${momentInWords(decided.at, whose)} — ${said}`;
}

function messageInWords(message: DecidedDelivery, whose: Whose): string {
  const { at, end } = message;
  const it = `${your(whose)} ${messageNamed(message, whose)}`;
  switch (end.kind) {
    case 'sent':
      return `${it} went out${lateness(end.settledAt, at, whose)}; ${afterTries(end.answer, end.attempts)}.`;
    case 'left_to_card':
      return `${it}: ${whyLeft(end, whose)}, so ${carrierInWords(end.card, whose)}.`;
    case 'dropped':
      return `${it} was not sent: ${whyDropped(end.because, whose)}.`;
    case 'waits':
      return `${it} waits: ${whyWaiting(end)}.`;
    case 'being_posted':
      return `${it} is being posted now.`;
    case 'uncertain':
      return `${it} may or may not have arrived: ${inSlacksWords(end.answer)}. Sideline looks for it in the conversation before it sends anything again.`;
  }
}

/** What is not sent on the minute says when. */
const onTime = 2 * 60_000;

function lateness(settledAt: Date, dueAt: Date, whose: Whose): string {
  if (settledAt.getTime() - dueAt.getTime() < onTime) return '';
  const [day, time] = momentInWords(settledAt, whose).split(', ');
  return momentInWords(dueAt, whose).startsWith(`${day},`) ? ` at ${time}` : ` on ${day}, ${time}`;
}

type Left = Extract<MessageEnd, { kind: 'left_to_card' }>;

function whyLeft({ because, holiday }: Left, whose: Whose): string {
  switch (because) {
    case 'away':
      return `${youWere(whose)} away`;
    case 'outside_working_time':
      return holiday === undefined ? `this was outside ${your(whose)} working time` : holidayInWords(holiday);
    case 'day_is_over':
      return 'the day it was for had passed';
    case 'day_is_full':
      return 'the messages of this day had gone out';
    case 'week_is_full':
      return 'the messages of this week had gone out';
    case 'joined':
      return 'several were due at once';
  }
}

function carrierInWords(card: Left['card'], whose: Whose): string {
  if (card === null) return 'another message takes it along';
  const { date } = toLocal(card.at.getTime(), whose.zone);
  const of = `the ${card.kind} of ${dayInWords(date)}`;
  if (card.state === 'delivered') return `${of} took it`;
  return card.state === 'pending' || card.state === 'posting' ? `${of} takes it` : `${of} was to take it`;
}

function whyDropped(because: string, whose: Whose): string {
  switch (because) {
    case 'nothing_left_to_ask':
      return 'nothing on it was open';
    case 'not_in_pilot':
      return `${youAre(whose)} not in the pilot group`;
    case 'receiver_deactivated':
      return `${your(whose)} Slack account was deactivated`;
    case 'receiver_guest':
      return `${youAre(whose)} a guest in Slack, and guests are asked nothing`;
    case 'receiver_bot':
      return 'bots are asked nothing';
    case 'receiver_active':
      return 'Slack had no conversation to send it to';
    default:
      return `Slack will not take it (${because})`;
  }
}

function whyWaiting({ answer, inSeconds }: Extract<MessageEnd, { kind: 'waits' }>): string {
  const said = answer === null ? undefined : lastSaid(answer);
  if (inSeconds === undefined) return said ?? 'it goes out with the next round, if nothing stands in the way';
  const soon = inSeconds < 90 ? `${inSeconds} seconds` : `${Math.round(inSeconds / 60)} minutes`;
  return `${said ?? 'it could not be sent'}; tried again in ${soon}`;
}

function dutyInWords({ duty, end }: DecidedDuty, whose: Whose): string {
  const it = `${dutyNamed(duty, whose)} of ${momentInWords(duty.dueAt, whose)}`;
  switch (end.kind) {
    case 'excused':
      return `${it} is excused: ${whyExcused(end, duty, whose)}.`;
    case 'stood_in':
      return `${it}: ${youAre(whose)} away, so ${firstNameOf(end.standInName)} is asked instead.`;
    case 'waits_for_return': {
      const who = end.whoIsAway === 'person' ? youAre(whose) : `${firstNameOf(duty.aboutName)} is`;
      return `${it} waits for ${dayInWords(end.until)}: ${who} away until then.`;
    }
    case 'moved_by_holiday':
      return `${it} is asked on ${dayInWords(end.until)}: ${holidayInWords(end.holiday)}.`;
    case 'put_off':
      return `${it} is put off until ${momentInWords(end.until, whose)}.`;
  }
}

type Excused = Extract<DecidedDuty['end'], { kind: 'excused' }>;

function whyExcused({ because, holiday }: Excused, { askedId, aboutId }: NamedDuty, whose: Whose): string {
  if (holiday !== undefined)
    return `${holidayInWords(holiday)}, and its time was over before the next working day`;
  if (excuseOf(because) !== undefined) return 'whoever is asked said that it does not fit';
  switch (because) {
    case 'away':
      return askedId === aboutId
        ? `${youWere(whose)} away until it was over`
        : 'one of the two was away until it was over';
    case 'paused':
      return 'it is paused, as set with /coach cadence';
    case 'slot_moved':
      return 'its day or rhythm was changed';
    case 'manager_changed':
      return 'the manager changed';
    case 'not_asked_in_time':
      return 'Sideline did not ask in time, so it does not count';
    case 'left_pilot':
      return 'the pilot group changed';
    case 'replaced':
      return 'something newer took its place';
    case 'withdrawn':
      return 'it was taken back';
    case 'session_moved':
      return 'the training was moved';
    case 'programme_ended':
      return 'the programme ended';
    case 'practice_ended':
      return 'this practice ended';
    case 'no_practice':
      return 'practice is not asked any more';
    default:
      return because.replaceAll('_', ' ') || 'it is not wanted any more';
  }
}
