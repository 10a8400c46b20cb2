/** A team of which the tests know everything: six managers, fourteen reps over the waves. */

export const workspaceId = 'T0FIGURES';
export const zone = 'Europe/Berlin';
/** Tuesday 09:00 in Berlin; the week before is 2–8 March. */
export const now = Date.parse('2026-03-10T08:00:00Z');
export const managers = ['U0M1', 'U0M2', 'U0M3', 'U0M4', 'U0M5', 'U0M6'];
export const reps = Array.from({ length: 14 }, (_, index) => `U0R${index}`);
export const waves = [null, 1, 2, 3, 4] as const;
export const waveOf = (rep: string): number | null => waves[reps.indexOf(rep) % waves.length] ?? null;
export const day = 24 * 60 * 60_000;
/** Berlin is at +1 in all of it. */
export const berlinMidnight = (date: string): number => Date.parse(`${date}T00:00:00+01:00`);

export const member = (id: string, role: 'manager' | 'rep', wave: number | null) => ({
  id,
  name: id,
  email: null,
  timeZone: zone,
  roles: [role],
  segment: null,
  wave,
  startDate: null,
  country: null,
  // Who has left since stays in every rate.
  status: id === 'U0R3' ? ('deactivated' as const) : ('active' as const),
  workingDays: [1, 2, 3, 4, 5],
  workStarts: '09:00',
  workEnds: '17:00',
  updatedAt: new Date(now),
});

export const managerOf = (rep: string): string => managers[reps.indexOf(rep) % managers.length] ?? '';
