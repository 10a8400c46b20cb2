/** One thing looked at. A note is worth knowing and needs nobody to act today. */
export interface Check {
  name: string;
  state: 'ok' | 'note' | 'wrong';
  found: string;
  /** What to do, where there is something to do. */
  todo?: string[];
}
