import { type HabitProgress, habitOf } from '#domain/habit.ts';
import type { Settings } from '#domain/settings.ts';
import { type Applied, appliedBy } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';

/** A behaviour, in the words in which it was agreed, and how far it is from being a habit. */
export interface Behaviour {
  repId: string;
  text: string;
  progress: HabitProgress;
}

/** What these reps have set out to try so far; kept from one 1:1 to the next, the same words are one behaviour. */
export async function behavioursOf(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
  { habitApplications, habitAccounts, habitWeeks }: Settings,
): Promise<Behaviour[]> {
  const criteria = { applications: habitApplications, accounts: habitAccounts, weeks: habitWeeks };
  const applied = await appliedBy(trx, workspaceId, repIds);
  const byBehaviour = Map.groupBy(applied, ({ repId, text }) => `${repId} ${sameWords(text)}`);
  return [...byBehaviour.values()].flatMap((some: Applied[]) => {
    const latest = some.at(-1);
    if (latest === undefined) return [];
    return [{ repId: latest.repId, text: latest.text, progress: habitOf(some, criteria) }];
  });
}

export const sameWords = (text: string): string =>
  text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
