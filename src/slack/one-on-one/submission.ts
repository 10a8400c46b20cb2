import { z } from 'zod';
import { conversationAbout, evidences, outcomes } from '#domain/one-on-one.ts';
import type { OneOnOneAnswers } from '#services/log-one-on-one.ts';
import type { OpenView } from '../feature.ts';
import { storable } from '../text.ts';
import { type Carried, markOf } from './carried.ts';
import { fields } from './view.ts';

const chosen = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .object({ selected_option: z.object({ value: z.enum(values) }).nullish() })
    .transform((one) => one.selected_option?.value);
const typed = z.object({ value: z.string().nullish() }).transform((one) => storable(one.value ?? ''));
const picked = z
  .object({ selected_date: z.iso.date().nullish() })
  .transform((one) => one.selected_date ?? undefined);
const ticked = z
  .object({ selected_options: z.array(z.unknown()).nullish() })
  .transform((one) => (one.selected_options ?? []).length > 0);

const Filled = z.object({
  [fields.outcome]: z.object({ [fields.outcome]: chosen(outcomes) }).optional(),
  [fields.evidence]: z.object({ [fields.evidence]: chosen(evidences) }).optional(),
  [fields.about]: z.object({ [fields.about]: chosen(conversationAbout) }),
  [fields.takeaway]: z.object({ [fields.takeaway]: typed }),
  [fields.keep]: z.object({ [fields.keep]: ticked }).optional(),
  [fields.by]: z.object({ [fields.by]: picked }),
  [fields.note]: z.object({ [fields.note]: typed }).optional(),
  [fields.heldOn]: z.object({ [fields.heldOn]: picked }).optional(),
});

export type Read = { ok: true; answers: OneOnOneAnswers } | { ok: false; errors: Record<string, string> };

/** What was filled in, or what is wrong with it, field by field. */
export function readOneOnOne(view: OpenView, carried: Carried, managerId: string): Read {
  const filled = Filled.parse(view.values);
  const { commitment } = carried;
  const outcome = filled.outcome?.outcome;
  const evidence = filled.evidence?.evidence;
  const about = filled.about.about;
  const written = filled.takeaway.takeaway;
  const keep = filled.keep?.keep === true && commitment !== undefined;
  const by = filled.by.by;
  const heldOn = filled.held_on?.held_on ?? carried.today;

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
  if (heldOn > carried.today) {
    errors[fields.heldOn] = 'This date is still to come. Choose the day it took place.';
  }
  if (outcome !== undefined && evidence === undefined && outcome !== 'no_chance') {
    errors[fields.evidence] = 'Say how you know: saw it, heard it, or were told.';
  }
  if (commitment !== undefined && outcome === undefined && written !== undefined) {
    errors[fields.outcome] =
      "Say what happened with last time's first, or keep it. “No chance yet” is an answer.";
  }
  if (outcome === undefined && evidence !== undefined) errors[fields.outcome] = 'Say what happened, too.';
  if (Object.keys(errors).length > 0 || about === undefined || by === undefined) {
    return { ok: false, errors };
  }
  return {
    ok: true,
    answers: {
      viewId: view.id,
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
          : { commitmentId: commitment.id, outcome, evidence: evidence ?? 'told' },
      privateNote: filled.note?.note,
      insisted: written !== undefined && markOf(written) === carried.doubted,
    },
  };
}
