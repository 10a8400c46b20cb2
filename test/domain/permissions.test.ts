import { describe, expect, test } from 'vitest';
import { access } from '#domain/access.ts';
import { mayDo } from '#domain/action.ts';
import { relationsByRole, relationsOf } from '#domain/relation.ts';
import { actions, isDone, type Place, resources, roleSets, seen } from './permission-table.ts';

/** Sam reports to Dana, and Dana to Vera; Lee stands in while Dana is away, and in another walk Vera does. */
const line = { personId: 'sam', managerId: 'dana', managersManagerId: 'vera' };
const standIn = (standInId: string) => [{ awayId: 'dana', standInId }];
const walks: { who: string; id: string; standIns: ReturnType<typeof standIn>; places: Place[] }[] = [
  { who: 'the person', id: 'sam', standIns: [], places: ['self'] },
  {
    who: 'the person, who is to stand in for the manager',
    id: 'sam',
    standIns: standIn('sam'),
    places: ['self'],
  },
  { who: 'the manager', id: 'dana', standIns: [], places: ['manager'] },
  { who: 'the manager, who is away', id: 'dana', standIns: standIn('lee'), places: ['manager'] },
  { who: 'the manager’s manager', id: 'vera', standIns: [], places: ['managers_manager'] },
  {
    who: 'the manager’s manager, who stands in',
    id: 'vera',
    standIns: standIn('vera'),
    places: ['managers_manager', 'stand_in'],
  },
  { who: 'the stand-in', id: 'lee', standIns: standIn('lee'), places: ['stand_in'] },
  {
    who: 'the stand-in of somebody else',
    id: 'lee',
    standIns: [{ awayId: 'kim', standInId: 'lee' }],
    places: [],
  },
  { who: 'a colleague', id: 'pat', standIns: [], places: [] },
];

describe.each(walks)('$who, in every set of roles', ({ id, standIns, places }) => {
  test('sees what the method gives', () => {
    for (const roles of roleSets) {
      const relations = relationsOf({ id, roles }, line, standIns);
      const found = resources.map((one) => [one, access(relations, one)]);
      const given = resources.map((one) => [one, seen(places, roles, one)]);
      expect(found, roles.join(' and ') || 'no role').toEqual(given);
    }
  });

  test('does what the method lets them do', () => {
    for (const roles of roleSets) {
      const relations = relationsOf({ id, roles }, line, standIns);
      const found = actions.filter((one) => mayDo(relations, one));
      const given = actions.filter((one) => isDone(places, roles, one));
      expect(found, roles.join(' and ') || 'no role').toEqual(given);
    }
  });
});

test('to the workspace as a whole everybody is what their roles make them', () => {
  for (const roles of roleSets) {
    const relations = relationsByRole(roles);
    for (const one of resources) expect(access(relations, one), one).toBe(seen([], roles, one));
    for (const one of actions) expect(mayDo(relations, one), one).toBe(isDone([], roles, one));
  }
});

test('a rep who leads enablement is not shown their own segment, nor what is noted about them', () => {
  const own = relationsOf({ id: 'sam', roles: ['rep', 'enablement', 'admin'] }, line, []);
  expect(access(own, 'tier')).toBe('none');
  expect(access(own, 'private_note')).toBe('none');
  const others = relationsOf({ id: 'pat', roles: ['rep', 'enablement'] }, line, []);
  expect(access(others, 'tier')).toBe('full');
});
