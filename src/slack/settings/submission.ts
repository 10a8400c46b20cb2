import { isDeepStrictEqual } from 'node:util';
import { mixSum, type SettingKey, type Settings } from '#domain/settings.ts';
import type { OpenView } from '../feature.ts';
import { filledIn } from '../form.ts';
import type { Carried } from './carried.ts';
import { idOf } from './field.ts';
import { keysOf } from './groups.ts';
import { readField } from './read-field.ts';
import { blockOf } from './view.ts';

export type Read = { ok: true; wanted: Partial<Settings> } | { ok: false; errors: Record<string, string> };

/** What was changed in the form, or what is wrong with it, field by field. */
export function readSettingsForm(view: OpenView, carried: Carried): Read {
  const { group, was, round } = carried;
  const filled = filledIn(view);
  const values = new Map<string, unknown>();
  const errors = new Map<string, string>();
  for (const field of group.fields) {
    const read = readField(field, blockOf(field, round), filled);
    if (read.ok) values.set(idOf(field), read.value);
    else errors.set(idOf(field), read.error);
  }
  const wanted = Object.fromEntries(keysOf(group).map((key) => [key, assembled(key, carried, values)]));
  // What is wrong by itself is mended first.
  if (errors.size === 0) for (const [id, error] of notTogether(wanted)) errors.set(id, error);
  if (errors.size > 0) {
    const byBlock = group.fields.flatMap((field) => {
      const error = errors.get(idOf(field));
      return error === undefined ? [] : [[blockOf(field, round), error] as const];
    });
    return { ok: false, errors: Object.fromEntries(byBlock) };
  }
  return {
    ok: true,
    wanted: Object.fromEntries(
      Object.entries(wanted).filter(([key, value]) => !isDeepStrictEqual(value, was[key])),
    ),
  };
}

function assembled(key: SettingKey, { group }: Carried, values: Map<string, unknown>): unknown {
  const fields = group.fields.filter((field) => field.key === key);
  const [only] = fields;
  if (only !== undefined && only.part === undefined) return values.get(idOf(only));
  return Object.fromEntries(fields.map((field) => [field.part ?? key, values.get(idOf(field))]));
}

/** What each fits and all do not, at the field where it is most easily mended. */
function notTogether({ workStarts, workEnds, budget, referenceMix, pillarNames }: Partial<Settings>) {
  const errors: [field: string, error: string][] = [];
  if (workStarts !== undefined && workEnds !== undefined && workEnds <= workStarts) {
    errors.push([
      'workEnds',
      `The day starts at ${workStarts}, so it cannot end at ${workEnds}. Choose a later end.`,
    ]);
  }
  if (budget !== undefined) {
    const fewer = 'A week cannot hold fewer than a day: write at least';
    if (budget.managerPerWeek < budget.managerPerDay) {
      errors.push(['budget.managerPerWeek', `${fewer} ${budget.managerPerDay}.`]);
    }
    if (budget.repPerWeek < budget.repPerDay)
      errors.push(['budget.repPerWeek', `${fewer} ${budget.repPerDay}.`]);
  }
  if (referenceMix !== undefined && mixSum(referenceMix) !== 100) {
    const sum = mixSum(referenceMix);
    const off = Math.round(Math.abs(100 - sum) * 10) / 10;
    errors.push([
      'referenceMix.allocation',
      `The four sum to ${sum} %, ${off} % too ${sum < 100 ? 'little' : 'much'}. Change one so that they make 100 %.`,
    ]);
  }
  if (pillarNames !== undefined) {
    const names = Object.entries(pillarNames).map(([part, name]) => [part, name.toLowerCase()] as const);
    const again = names.find(([, name], index) => names.findIndex(([, one]) => one === name) < index);
    if (again !== undefined) {
      errors.push([`pillarNames.${again[0]}`, 'Another pillar has this name. Give each its own.']);
    }
  }
  return errors;
}
