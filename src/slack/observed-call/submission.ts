import {
  callTypes,
  followed,
  learnings,
  type QuestionCounts,
  questionTypes,
  seenAnswers,
} from '#domain/observed-call.ts';
import { type Pillar, perPillar, pillars } from '#domain/pillar.ts';
import { practiceItem } from '#domain/practice/items.ts';
import { addDays } from '#domain/time/civil.ts';
import type { DebriefAnswers } from '#services/share-debrief.ts';
import type { OpenView } from '../feature.ts';
import { filledIn } from '../form.ts';
import type { Carried } from './carried.ts';
import { fields } from './debrief-form.ts';
import { moreIds } from './more-fields.ts';
import { questionWords } from './words.ts';

export type Read = { ok: true; answers: DebriefAnswers } | { ok: false; errors: Record<string, string> };

const oneOf = <T extends string>(values: readonly T[], chosen: string | undefined): T | undefined =>
  values.find((one) => one === chosen);

/** What was filled in, or what is wrong with it, field by field. */
export function readDebrief(view: OpenView, carried: Carried, observerId: string): Read {
  const filled = filledIn(view);
  const errors: Record<string, string> = {};
  const need = <T>(id: string, value: T | undefined, wanted: string): T | undefined => {
    if (value === undefined) errors[id] = wanted;
    return value;
  };
  const number = (id: string, [least, most]: readonly [number, number], what: string): number | null => {
    const read = wholeNumber(filled.text(id), least, most);
    if (read === 'unfit')
      errors[id] = `${what} is a whole number from ${least} to ${most}. Change it, or empty the field.`;
    return read === 'unfit' ? null : read;
  };

  const account = need(fields.account, filled.text(fields.account), 'Write whom the call was with.');
  const how = need(
    fields.followed,
    oneOf(followed, filled.choice(fields.followed)),
    'Choose one: only a live call counts for the month.',
  );
  const worked = need(fields.worked, filled.text(fields.worked), 'Write one thing that worked, and why.');
  const moment = need(
    fields.moment,
    filled.text(fields.moment),
    'Write one moment: what happened, what to try instead.',
  );
  const seen = perPillar((pillar: Pillar) =>
    need(
      fields.seen(pillar),
      oneOf(seenAnswers, filled.choice(fields.seen(pillar))),
      "Choose one. “Wasn't watching” is an answer.",
    ),
  );
  const heldOn = filled.date(moreIds.heldOn) ?? carried.heldOn;
  if (heldOn > carried.today)
    errors[moreIds.heldOn] = 'This date is still to come. Choose the day the call was.';
  if (heldOn < addDays(carried.today, -366)) {
    errors[moreIds.heldOn] = 'This is more than a year ago. Choose a day within the last year.';
  }
  const link = filled.text(moreIds.link);
  if (link !== undefined && !isWebAddress(link)) {
    errors[moreIds.link] = 'This is no web address. It begins with https:// or http://, and has no blanks.';
  }
  const followUpOn = filled.date(moreIds.followUp);
  if (followUpOn !== undefined && followUpOn < heldOn) {
    errors[moreIds.followUp] = 'This date is before the call. Choose a later one.';
  }
  if (followUpOn !== undefined && followUpOn > addDays(carried.today, 366)) {
    errors[moreIds.followUp] = 'This is more than a year away. Choose an earlier date.';
  }
  const minutes = number(moreIds.minutes, [1, 600], 'The length of a call in minutes');
  const buyerTalk = number(moreIds.buyerTalk, [0, 100], 'A share in percent');
  const pitchMinute = number(moreIds.pitchMinute, [0, 600], 'The minute');
  if (minutes !== null && pitchMinute !== null && pitchMinute > minutes) {
    errors[moreIds.pitchMinute] = `The call had ${minutes} minutes. Change one of the two.`;
  }
  const counts = questionTypes.map(
    (type) => [type, number(moreIds.questions(type), [0, 200], questionWords[type])] as const,
  );
  const complete = pillars.every((pillar) => seen[pillar] !== undefined);
  if (Object.keys(errors).length > 0 || !complete) return { ok: false, errors };
  if (account === undefined || how === undefined || worked === undefined || moment === undefined) {
    return { ok: false, errors };
  }
  const { plan, repId, debriefId } = carried;
  return {
    ok: true,
    answers: {
      viewId: view.id,
      observerId,
      repId,
      debriefId,
      plan: plan === undefined ? undefined : { id: plan.id, chosen: plan.chosen },
      content: {
        heldOn,
        followed: how,
        account,
        worked,
        moment,
        seen: perPillar((pillar) => seen[pillar] ?? 'not_watched'),
        secondStrength: filled.text(moreIds.secondStrength) ?? null,
        focusArea: filled.text(moreIds.focusArea) ?? null,
        callType: oneOf(callTypes, filled.choice(moreIds.callType)) ?? null,
        buyers: filled.text(moreIds.buyers) ?? null,
        minutes,
        link: link ?? null,
        learnings: learnings.filter((one) => filled.choices(moreIds.learnings).includes(one)),
        questions: countsOf(counts),
        buyerTalk,
        pitchMinute,
        practiceItemId: practiceItem(filled.choice(moreIds.practice) ?? '')?.id ?? null,
        followUpOn: followUpOn ?? null,
        privateNote: filled.text(moreIds.note) ?? null,
      },
    },
  };
}

function countsOf(counts: readonly (readonly [string, number | null])[]): QuestionCounts | null {
  const counted = counts.filter(([, count]) => count !== null);
  return counted.length === 0 ? null : Object.fromEntries(counted);
}

/** Null where nothing is written. "45 %" and "30 min" are numbers, too; a sign or a fraction is none. */
function wholeNumber(text: string | undefined, least: number, most: number): number | null | 'unfit' {
  if (text === undefined) return null;
  const digits = /^(\d{1,4})\s*(?:%|min|m|')?$/.exec(text)?.[1];
  if (digits === undefined) return 'unfit';
  const number = Number(digits);
  return number >= least && number <= most ? number : 'unfit';
}

function isWebAddress(text: string): boolean {
  if (/\s/u.test(text) || !URL.canParse(text)) return false;
  const { protocol } = new URL(text);
  return protocol === 'https:' || protocol === 'http:';
}
