import type { Databases } from '../databases.ts';
import type { Figure } from '../figures.ts';
import type { Scale } from '../part.ts';
import { importing, workspaceOf } from '../people/importing.ts';
import { lookingUp, sealTokensIn } from '../people/looking-up.ts';
import { searching } from '../people/searching.ts';
import { idling, workspacesOf } from '../people/workspaces.ts';

const scales = {
  full: { people: 50_000, fewPeople: 50, workspaces: 10_000, fewWorkspaces: 10, rounds: 3, turns: 30 },
  smoke: { people: 60, fewPeople: 50, workspaces: 4, fewWorkspaces: 1, rounds: 1, turns: 1 },
};

/** One workspace with very many people, and very many workspaces with few. */
export async function people(databases: Databases, scale: Scale): Promise<Figure[]> {
  const { people: many, fewPeople, workspaces, fewWorkspaces, rounds, turns } = scales[scale];
  const imports = await importing(databases, { people: many, rounds, name: 'bench_many_people' });
  const few = { people: fewPeople, ...(await workspaceOf(databases, fewPeople, 'bench_few_people')) };
  const searches = await searching(few, { people: many, url: databases.urlOf('bench_many_people') }, turns);
  await databases.drop('bench_many_people');
  await databases.drop('bench_few_people');

  const [one, some, all] = [
    await workspacesOf(databases, 1),
    await workspacesOf(databases, fewWorkspaces),
    await workspacesOf(databases, workspaces),
  ];
  const idle = await idling(some, all, turns);
  await sealTokensIn(all);
  return [...imports, ...searches, ...(await lookingUp(one, all, turns)), ...idle];
}
