import { travelClock } from '#domain/clock.ts';
import { type PeopleFilter, searchPeople } from '#services/search-people.ts';
import { openPostgres } from '#storage/postgres.ts';
import type { Figure } from '../figures.ts';
import { inTurns } from '../in-turns.ts';
import { now } from '../load.ts';
import { bossId, partOfANameAmong, someManager } from './file.ts';

export interface Crowded {
  people: number;
  url: string;
}

/** What `/coach people` shows among few and among many, to whoever manages them all and to a manager. */
export async function searching(few: Crowded, many: Crowded, turns: number): Promise<Figure[]> {
  const [ofFew, ofMany] = [openPostgres(few.url), openPostgres(many.url)];
  const clock = travelClock(now);
  const looks: [what: string, viewerId: string, filter: (people: number) => PeopleFilter][] = [
    ['first page', bossId, () => ({})],
    ['search by part of a name', bossId, (people) => ({ text: partOfANameAmong(people) })],
    ['first page of one wave', bossId, () => ({ wave: 2 })],
    ["a manager's own team", someManager, () => ({})],
  ];
  const figures: Figure[] = [];
  for (const [what, viewerId, filter] of looks) {
    const look = async (database: typeof ofFew, people: number): Promise<void> => {
      const found = await searchPeople({ database, clock }, 'T0', viewerId, filter(people));
      if (!found.ok || found.value.people.length === 0) throw new Error(`${what}: nobody was found`);
    };
    const [among, amongFew] = await inTurns(
      turns,
      () => look(ofMany, many.people),
      () => look(ofFew, few.people),
    );
    figures.push({
      what: `/coach people, ${what}, among ${many.people} people`,
      value: among,
      unit: 'ms',
      against: { what: `ms among ${few.people}`, value: amongFew },
      ratio: among / amongFew,
      aim: { most: 1.5 },
    });
  }
  await Promise.all([ofFew.close(), ofMany.close()]);
  return figures;
}
