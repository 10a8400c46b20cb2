import { rhythms } from '#domain/slot.ts';
import { wallTimeSchema } from '#domain/time/civil.ts';
import type { SlotWish } from '#services/set-slot.ts';
import type { OpenView } from '../feature.ts';
import { filledIn } from '../form.ts';
import { type Carried, type Chosen, changeOf, readCarried } from './carried.ts';
import { CarriedPair, inRow, pairFields, rowBlock } from './view.ts';

interface Menu {
  selected_option?: { value: string } | null;
  selected_time?: string | null;
}

/** What is carried, with what is chosen in the rows that are in sight. */
export function chosenIn(view: OpenView): Carried {
  const carried = readCarried(view);
  const rows = carried.rows.map((row, index) => {
    const block = view.values[rowBlock(carried, index)];
    return block === undefined ? row : { ...row, now: chosen(block as Record<string, Menu>, row.now) };
  });
  return { ...carried, rows };
}

function chosen(block: Record<string, Menu>, before: Chosen): Chosen {
  const weekday = Number(block[inRow.weekday]?.selected_option?.value);
  const often = block[inRow.often]?.selected_option?.value;
  return {
    weekday: weekday >= 1 && weekday <= 7 ? weekday : before.weekday,
    time: timeIn(block[inRow.time]?.selected_time) ?? before.time,
    often: ([...rhythms, 'paused'] as const).find((one) => one === often) ?? before.often,
  };
}

function timeIn(written: string | null | undefined): string | undefined {
  const read = wallTimeSchema.safeParse(written);
  return read.success ? read.data : undefined;
}

/** A day or a time for everybody; what is paused stays paused. */
export function setAll(carried: Carried, all: { weekday?: number; time?: string | undefined }): Carried {
  const rows = carried.rows.map((row) => ({
    ...row,
    now: { ...row.now, weekday: all.weekday ?? row.now.weekday, time: all.time ?? row.now.time },
  }));
  return { ...carried, rows, drawn: carried.drawn + 1 };
}

export const wishesOf = ({ rows }: Carried): SlotWish[] =>
  rows.map((row) => ({ repId: row.repId, change: changeOf(row) }));

export type ReadPair =
  | { ok: true; wish: SlotWish; repName: string }
  | { ok: false; errors: Record<string, string> };

export function readPair(view: OpenView, today: string): ReadPair {
  const { repId, repName } = CarriedPair.parse(JSON.parse(view.privateMetadata));
  const filled = filledIn(view);
  const weekday = Number(filled.choice(pairFields.weekday));
  const time = timeIn(filled.time(pairFields.time));
  const rhythm = rhythms.find((one) => one === filled.choice(pairFields.often));
  const paused = filled.choice(pairFields.pause) ?? 'no';
  const until = filled.date(pairFields.until);
  const errors: Record<string, string> = {};
  if (!(weekday >= 1 && weekday <= 7)) errors[pairFields.weekday] = 'Choose a day.';
  if (time === undefined) errors[pairFields.time] = 'Choose a time.';
  if (rhythm === undefined) errors[pairFields.often] = 'Choose how often you meet.';
  if (paused === 'until' && until === undefined) {
    errors[pairFields.until] = 'Choose the first day on which you meet again.';
  } else if (paused === 'until' && until !== undefined && until <= today) {
    errors[pairFields.until] = 'This date is not ahead. Choose a later one, or “No pause”.';
  } else if (paused !== 'until' && until !== undefined && paused === 'no') {
    errors[pairFields.pause] = 'You chose a date below. Choose “Until a date”, or empty the date.';
  }
  if (Object.keys(errors).length > 0 || time === undefined || rhythm === undefined) {
    return { ok: false, errors };
  }
  const pause = paused === 'no' ? null : { until: paused === 'until' ? (until ?? null) : null };
  return { ok: true, repName, wish: { repId, change: { slot: { weekday, time, rhythm }, pause } } };
}
