import { conversationAbout, evidences, gaps, outcomes } from '#domain/one-on-one.ts';
import { pillars } from '#domain/pillar.ts';
import { addDays } from '#domain/time/civil.ts';
import type { OneOnOneAnswers } from '#services/log-one-on-one.ts';
import type { OpenView } from '../feature.ts';
import { filledIn } from '../form.ts';
import { type Carried, markOf } from './carried.ts';
import { fields } from './fields.ts';

export type Read = { ok: true; answers: OneOnOneAnswers } | { ok: false; errors: Record<string, string> };

/** Farther than this a date is a slip of the pen. */
const year = 366;
const tooFar = 'This is more than a year away. Choose an earlier date.';

/** Of what Slack sends back, only what was offered is taken. */
const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find((one) => one === value);

/** What was filled in, or what is wrong with it, field by field. */
export function readOneOnOne(view: OpenView, carried: Carried, managerId: string): Read {
  const filled = filledIn(view);
  const { commitment, today } = carried;
  const outcome = oneOf(outcomes, filled.choice(fields.outcome));
  const evidence = oneOf(evidences, filled.choice(fields.evidence));
  const about = oneOf(conversationAbout, filled.choice(fields.about));
  const written = filled.text(fields.takeaway);
  const keep = filled.choices(fields.keep).length > 0 && commitment !== undefined;
  const by = filled.date(fields.by);
  const heldOn = filled.date(fields.heldOn) ?? today;
  const nextOn = filled.date(fields.nextOn);
  const account = filled.text(fields.account);
  const minutes = minutesIn(filled.text(fields.minutes));
  const focus = focusIn(filled, carried);

  const errors: Record<string, string> = {};
  if (about === undefined) errors[fields.about] = 'Choose one: it decides what the conversation counts as.';
  if (written === undefined && !keep) {
    errors[fields.takeaway] =
      commitment === undefined
        ? 'Write one thing to try.'
        : "Write one thing to try, or tick “Keep last time's”.";
  }
  if (written !== undefined && keep) {
    errors[fields.keep] =
      'You wrote something new as well. Keep one of the two: untick this, or empty the field.';
  }
  if (by === undefined) errors[fields.by] = 'Choose a date.';
  else if (by < heldOn) errors[fields.by] = 'This date is before the 1:1. Choose a later one.';
  else if (by > addDays(today, year)) errors[fields.by] = tooFar;
  if (heldOn > today) {
    errors[fields.heldOn] = 'This date is still to come. Choose the day it took place.';
  }
  if (heldOn < addDays(today, -year)) {
    errors[fields.heldOn] = 'This is more than a year ago. Choose a day within the last year.';
  }
  if (nextOn !== undefined && nextOn <= heldOn) {
    errors[fields.nextOn] = 'This date is not after this 1:1. Choose a later one, or leave it empty.';
  }
  if (nextOn !== undefined && nextOn > addDays(today, year)) errors[fields.nextOn] = tooFar;
  if (outcome !== undefined && evidence === undefined && outcome !== 'no_chance') {
    errors[fields.evidence] = 'Say how you know: saw it, heard it, or were told.';
  }
  if (commitment !== undefined && outcome === undefined && written !== undefined) {
    errors[fields.outcome] =
      "Say what happened with last time's first, or keep it. “No chance yet” is an answer.";
  }
  if (outcome === undefined && evidence !== undefined) errors[fields.outcome] = 'Say what happened, too.';
  if (account !== undefined && outcome === undefined) {
    errors[fields.outcome] = 'You named an account. Say what happened there, too.';
  }
  if (minutes === 'unclear') {
    errors[fields.minutes] = 'Write whole minutes between 1 and 600, such as 30, or leave it empty.';
  }
  if (focus === 'two') errors[fields.ownFocus] = 'Choose a focus area or write one, not both.';
  if (Object.keys(errors).length > 0 || about === undefined || by === undefined) {
    return { ok: false, errors };
  }
  return {
    ok: true,
    answers: {
      viewId: view.id,
      logId: carried.logId,
      managerId,
      repId: carried.repId,
      occurrenceId: carried.occurrenceId,
      heldOn,
      about,
      takeaway: written,
      keep,
      by,
      // Nobody saw or heard that there was no chance; they were told, or know it of themselves.
      last:
        commitment === undefined || outcome === undefined
          ? undefined
          : { commitmentId: commitment.id, outcome, evidence: evidence ?? 'told', account },
      privateNote: filled.text(fields.note),
      focus: focus === 'two' ? undefined : focus?.name,
      gap: oneOf(gaps, filled.choice(fields.gap)),
      minutes: minutes === 'unclear' ? undefined : minutes,
      blockers: filled.text(fields.blockers),
      nextOn,
      insisted: written !== undefined && [carried.doubted, carried.meant].includes(markOf(written)),
    },
  };
}

function minutesIn(written: string | undefined): number | undefined | 'unclear' {
  if (written === undefined) return undefined;
  const minutes = /^\d+$/.test(written.trim()) ? Number(written.trim()) : 0;
  return minutes >= 1 && minutes <= 600 ? minutes : 'unclear';
}

function focusIn(
  filled: ReturnType<typeof filledIn>,
  { pillarNames }: Carried,
): { name: string } | undefined | 'two' {
  const pillar = oneOf(pillars, filled.choice(fields.focus));
  const own = filled.text(fields.ownFocus);
  if (pillar !== undefined && own !== undefined) return 'two';
  if (pillar !== undefined) return { name: pillarNames[pillar] };
  return own === undefined ? undefined : { name: own };
}
