import { z } from 'zod';
import { actionable, confirmable, focusable, placeable } from './composition.ts';

const picker = { ...actionable, ...confirmable, ...focusable };

export const datePicker = z.strictObject({
  type: z.literal('datepicker'),
  ...picker,
  ...placeable,
  initial_date: z.iso.date().optional(),
});

export const timePicker = z.strictObject({
  type: z.literal('timepicker'),
  ...picker,
  ...placeable,
  initial_time: z.iso.time({ precision: -1 }).optional(),
  timezone: z.string().refine(isTimeZone, 'must be an IANA time zone').optional(),
});

export const dateTimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...picker,
  // "in the format of 10 digits": seconds, so that milliseconds given by mistake are caught.
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
