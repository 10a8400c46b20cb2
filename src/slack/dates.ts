import { weekdayOf } from '#domain/time/civil.ts';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-11-27` as "Fri 27 Nov": a date is read, not parsed. */
export function dayInWords(date: string): string {
  const [, month = 1, day = 1] = date.split('-').map(Number);
  return `${days[weekdayOf(date) - 1]} ${day} ${months[month - 1]}`;
}
