import type { TimeField } from '#domain/manager-time.ts';
import type { Carried } from './carried.ts';

export const ids = {
  /** Button: tell of the week in its value, or of the one that is meant. */
  report: 'time_report.report',
  more: 'time_report.more',
  moreReps: 'time_report.more_reps',
  /** A field that answers as soon as something is chosen: the numbers saved for that week are shown. */
  week: 'time_report.week',
  modal: 'time_report.modal',
} as const;

export const title = 'Your week, roughly';

/** Fields by name; those that began with the saved numbers of a week are others than those of another week. */
export const fieldId = (name: 'unit' | 'note' | TimeField, { saved }: Pick<Carried, 'saved'>): string =>
  saved === undefined ? name : `${name}_${saved}`;

export const minutesId = (repId: string, { saved }: Pick<Carried, 'saved'>): string =>
  saved === undefined ? `minutes_${repId}` : `minutes_${repId}_${saved}`;
