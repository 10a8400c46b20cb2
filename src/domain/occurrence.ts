/**
 * One time that a duty falls due. Its life: planned → due → done | excused | expired, and it ends in exactly
 * one of the three.
 */
export const dutyKinds = [
  'one_on_one',
  'observed_call',
  'check_in',
  'commitment',
  'practice',
  'time_report',
] as const;
export type DutyKind = (typeof dutyKinds)[number];

export type OccurrenceState = 'planned' | 'due' | 'done' | 'excused' | 'expired';
export type OccurrenceEnd = Extract<OccurrenceState, 'done' | 'excused' | 'expired'>;

const next: Record<OccurrenceState, readonly OccurrenceState[]> = {
  planned: ['due', 'done', 'excused', 'expired'],
  due: ['done', 'excused', 'expired'],
  done: [],
  excused: [],
  expired: [],
};

export function mayBecome(from: OccurrenceState, to: OccurrenceState): boolean {
  return next[from].includes(to);
}

/** The states from which an occurrence may still come to `to`; what an update may touch. */
export function statesBefore(to: OccurrenceState): OccurrenceState[] {
  return (Object.keys(next) as OccurrenceState[]).filter((from) => mayBecome(from, to));
}

/**
 * How an occurrence ends when its time is over. Nobody's rate suffers from our own outage: what was never
 * asked is excused, with that as its reason.
 */
export function endAtClosing(askedAt: Date | null): { state: OccurrenceEnd; reason: string | null } {
  return askedAt === null
    ? { state: 'excused', reason: 'not_asked_in_time' }
    : { state: 'expired', reason: null };
}
