import {
  readTimeReport,
  type TimeField,
  type TimeUnit,
  timeFields,
  timeUnits,
} from '#domain/manager-time.ts';
import type { TimeGiven } from '#services/report-time.ts';
import type { OpenView } from '../feature.ts';
import { filledIn } from '../form.ts';
import type { Carried } from './carried.ts';
import { fieldId, ids } from './view.ts';
import { fits, sumIsOff } from './words.ts';

export type Read =
  | { ok: true; given: Omit<TimeGiven, 'managerId'> }
  | { ok: false; errors: Record<string, string> };

/** What was filled in, or what is wrong with it, field by field. */
export function readTime(view: OpenView, carried: Carried): Read {
  const filled = filledIn(view);
  const errors: Record<string, string> = {};
  const chosen = filled.choice(fieldId('unit', carried));
  const unit = timeUnits.find((one) => one === chosen);
  if (unit === undefined) errors[fieldId('unit', carried)] = 'Choose one: it says what the numbers are.';

  const typed = (field: TimeField): string => filled.text(fieldId(field, carried)) ?? '';
  const read = readTimeReport(unit ?? 'hours', {
    innovating: typed('innovating'),
    coaching: typed('coaching'),
    selling: typed('selling'),
    allocation: typed('allocation'),
    everything_else: typed('everything_else'),
  });
  if (!read.ok) Object.assign(errors, errorsOf(read.problem, unit ?? 'hours', carried));
  const { minutes, wrong } = readMinutes(view, carried);
  Object.assign(errors, wrong);
  if (unit === undefined || !read.ok || Object.keys(errors).length > 0) return { ok: false, errors };

  const noteId = fieldId('note', carried);
  return {
    ok: true,
    given: {
      viewId: view.id,
      week: filled.choice(ids.week) ?? carried.week,
      unit,
      spent: read.value,
      minutes,
      note: noteId in view.values ? (filled.text(noteId) ?? null) : undefined,
    },
  };
}

type Problem = Extract<ReturnType<typeof readTimeReport>, { ok: false }>['problem'];

function errorsOf(problem: Problem, unit: TimeUnit, carried: Carried): Record<string, string> {
  if (problem.kind === 'sum') {
    return { [fieldId('everything_else', carried)]: sumIsOff(problem.unit, problem.sum) };
  }
  return Object.fromEntries(
    timeFields.flatMap((field) => {
      const wrong = problem.fields[field];
      return wrong === undefined ? [] : [[fieldId(field, carried), fits(wrong, unit)]];
    }),
  );
}

/** Of a hundred hours, which is the most that fits in a field above. */
const mostMinutes = 6000;

function readMinutes(view: OpenView, { saved }: Carried) {
  const minutes = new Map<string, number | null>();
  const wrong: Record<string, string> = {};
  const filled = filledIn(view);
  for (const id of Object.keys(view.values)) {
    const [kind, repId, of] = id.split('_');
    if (kind !== 'minutes' || repId === undefined || of !== saved) continue;
    const text = filled.text(id);
    if (text === undefined) minutes.set(repId, null);
    else if (/^\d{1,4}$/.test(text) && Number(text) <= mostMinutes) minutes.set(repId, Number(text));
    else wrong[id] = `Write whole minutes from 0 to ${mostMinutes}, such as 45, or nothing.`;
  }
  return { minutes, wrong };
}
