import { pillars } from '#domain/pillar.ts';
import { isDateWithinReason } from '#domain/programme.ts';
import type { ProgrammeProblem } from '#services/change-programme.ts';
import type { EnrolProblem } from '#services/make-programme.ts';
import type { ChoiceProblems, RepChoice } from '#services/rep-list.ts';
import type { Shown } from '#storage/day-zero.ts';
import type { Programme, ProgrammeContent } from '#storage/programmes.ts';
import type { OpenView } from '../feature.ts';
import { filledIn } from '../form.ts';
import { inOneLine } from '../text.ts';
import { dayZeroField, fields } from './forms.ts';

export type Read<T> = { ok: true; value: T } | { ok: false; errors: Record<string, string> };

export function readContent(view: OpenView, today: string): Read<ProgrammeContent> {
  const filled = filledIn(view);
  const typed = filled.text(fields.name);
  const name = typed === undefined ? '' : inOneLine(typed);
  const sessionOn = filled.date(fields.sessionOn);
  const ticked = filled.choices(fields.pillars);
  const covered = pillars.filter((one) => ticked.includes(one));
  const errors: Record<string, string> = {};
  if (name === '') errors[fields.name] = 'Give it a name.';
  if (covered.length === 0) errors[fields.pillars] = 'Tick at least one: check-ins ask about these.';
  if (sessionOn === undefined) errors[fields.sessionOn] = 'Choose the day of the session.';
  else if (!isDateWithinReason(sessionOn, today)) {
    errors[fields.sessionOn] =
      `${sessionOn} is more than a year away. Choose a day within a year of today; everything else is kept.`;
  }
  if (Object.keys(errors).length > 0 || sessionOn === undefined) return { ok: false, errors };
  return { ok: true, value: { name, sessionOn, pillars: covered } };
}

export function readChoice(view: OpenView): RepChoice {
  const filled = filledIn(view);
  return {
    picked: filled.people(fields.picked),
    teamsOf: filled.people(fields.teamsOf),
    waves: filled.choices(fields.waves).map(Number),
    pasted: filled.text(fields.pasted) ?? '',
  };
}

/** Of the reps on this page, whatever is ticked; the others have no field here. */
export function readDayZero(view: OpenView, programme: Programme): Shown[] {
  const filled = filledIn(view);
  const prefix = dayZeroField('');
  return view.inputs
    .filter((id) => id.startsWith(prefix))
    .flatMap((id) => {
      const ticked = filled.choices(id);
      const repId = id.slice(prefix.length);
      return programme.pillars.map((pillar) => ({ repId, pillar, shown: ticked.includes(pillar) }));
    });
}

const kept = 'Nobody was enrolled; everything you filled in is kept.';
const linesShown = 12;

/** What is wrong with who was chosen, at the field it was chosen with. */
export function choiceErrors({ picked, teamsOf, waves, pasted }: ChoiceProblems): Record<string, string> {
  const said = (what: readonly string[]): string => {
    const rest = what.length - linesShown;
    return `${what.slice(0, linesShown).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}. ${kept}`;
  };
  return {
    ...(picked === undefined ? {} : { [fields.picked]: said(picked) }),
    ...(teamsOf === undefined ? {} : { [fields.teamsOf]: upperFirst(said(teamsOf)) }),
    ...(waves === undefined ? {} : { [fields.waves]: upperFirst(said(waves)) }),
    ...(pasted === undefined
      ? {}
      : { [fields.pasted]: upperFirst(said(pasted.map(({ line, reason }) => `line ${line}: ${reason}`))) }),
  };
}

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export function notSavedBecause({
  kind,
}: Exclude<EnrolProblem, { kind: 'choice' }> | ProgrammeProblem): string {
  switch (kind) {
    case 'not_yours':
      return 'Not saved: programmes are run by enablement, and you are not that at the moment.';
    case 'gone':
      return 'Not saved: this programme is not there any more.';
    case 'ended':
      return 'Not saved: this programme has been ended meanwhile. Set up a new one for what comes next.';
    case 'not_enrolled':
      return 'Not saved: not everybody you named is in this programme. Name only reps who are.';
  }
}
