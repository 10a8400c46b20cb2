import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Access, access, type Resource } from '#domain/access.ts';
import type { Role } from '#domain/people.ts';
import { type Relation, relations, relationsByRole, relationsOf } from '#domain/relation.ts';
import { readTable } from './read-table.ts';

/** Every cell a second time, so that a change of the code is noticed. `never` is a no whatever else holds. */
const cells = readTable<Resource, Relation, Access | 'never'>(`
                | self  | manager  | managers_manager | stand_in | enablement | admin | peer
  rep_record    | own   | full     | full             | full     | full       | none  | none
  conversation  | own   | full     | summary          | full     | counts     | none  | none
  private_note  | never | own      | none             | own      | none       | none  | none
  time_report   | own   | averages | none             | none     | aggregates | none  | none
  said_and_done | own   | none     | none             | none     | none       | none  | none
  other_habits  | own   | none     | none             | none     | none       | none  | none
  tier          | never | full     | full             | none     | full       | none  | none
  adherence     | own   | full     | summary          | none     | full       | none  | none
  settings      | none  | full     | none             | none     | full       | full  | none
  people        | none  | full     | none             | none     | full       | full  | none
  ledger        | own   | full     | none             | none     | full       | full  | none
  programme     | own   | full     | full             | full     | full       | none  | none
  digest        | none  | none     | none             | none     | full       | none  | none
`);

const narrowToWide: (Access | 'never')[] = [
  'none',
  'counts',
  'aggregates',
  'averages',
  'summary',
  'own',
  'full',
];

test('the table has every relation for every resource', () => {
  expect(cells.map(({ column }) => column)).toEqual(Array(13).fill(relations).flat());
});

describe('what one relation gives', () => {
  test.each(cells)('$row to $column: $cell', ({ row, column, cell }) => {
    expect(access([column], row)).toBe(cell === 'never' ? 'none' : cell);
  });
});

test('of several relations the widest counts, unless one is kept from it for good', () => {
  const byRow = Map.groupBy(cells, ({ row }) => row);
  fc.assert(
    fc.property(
      fc.constantFrom(...byRow.keys()),
      fc.uniqueArray(fc.constantFrom(...relations)),
      (resource, several) => {
        const given = (byRow.get(resource) ?? [])
          .filter(({ column }) => several.includes(column))
          .map(({ cell }) => cell);
        const widest = narrowToWide[Math.max(0, ...given.map((cell) => narrowToWide.indexOf(cell)))];
        expect(access(several, resource)).toBe(given.includes('never') ? 'none' : widest);
      },
    ),
    { numRuns: 1000 },
  );
});

test('whoever is nothing to somebody sees nothing', () => {
  for (const { row } of cells) expect(access([], row)).toBe('none');
});

/** Sam reports to Dana, Dana to Vera. */
const above = new Map([
  ['sam', 'dana'],
  ['pat', 'dana'],
  ['dana', 'vera'],
  ['kim', 'dual'],
]);
const rolesOf: Record<string, Role[]> = {
  sam: ['rep'],
  pat: ['rep'],
  dana: ['manager'],
  vera: ['manager'],
  lead: ['enablement'],
  ada: ['admin'],
  dual: ['manager', 'enablement', 'admin'],
};

function lineOf(personId: string) {
  const managerId = above.get(personId);
  return {
    personId,
    managerId,
    managersManagerId: managerId === undefined ? undefined : above.get(managerId),
  };
}

function sees(viewer: string, subject: string, resource: Resource): Access {
  return access(relationsOf({ id: viewer, roles: rolesOf[viewer] ?? [] }, lineOf(subject), []), resource);
}

describe('who sees what, by what people are in the team', () => {
  const team = readTable<`${Resource} of ${string}`, string, Access>(`
                         | sam  | dana | vera     | lead       | ada  | pat
    rep_record of sam    | own  | full | full     | full       | none | none
    conversation of sam  | own  | full | summary  | counts     | none | none
    private_note of sam  | none | own  | none     | none       | none | none
    time_report of dana  | none | own  | averages | aggregates | none | none
    tier of sam          | none | full | full     | full       | none | none
    adherence of sam     | own  | full | summary  | full       | none | none
    adherence of dana    | none | own  | full     | full       | none | none
    settings of sam      | none | full | none     | full       | full | none
    people of sam        | none | full | none     | full       | full | none
    ledger of sam        | own  | full | none     | full       | full | none
  `);

  test.each(team)('$row to $column: $cell', ({ row, column, cell }) => {
    const [resource, subject] = row.split(' of ') as [Resource, string];
    expect(sees(column, subject, resource)).toBe(cell);
  });

  test('a manager who also leads enablement and administers keeps the notes and the conversations', () => {
    expect(sees('dual', 'kim', 'private_note')).toBe('own');
    expect(sees('dual', 'kim', 'conversation')).toBe('full');
    // Of somebody else's rep the roles give what they give anybody.
    expect(sees('dual', 'sam', 'private_note')).toBe('none');
    expect(sees('dual', 'sam', 'conversation')).toBe('counts');
  });

  test('whoever leads enablement and sells is not shown their own segment, nor the notes about them', () => {
    const both = relationsOf({ id: 'sam', roles: ['rep', 'enablement'] }, lineOf('sam'), []);
    expect(both).toEqual(['self', 'enablement']);
    expect(access(both, 'tier')).toBe('none');
    expect(access(both, 'private_note')).toBe('none');
    expect(access(both, 'settings')).toBe('full');
  });
});

describe('what somebody is to somebody', () => {
  const standIns = [{ awayId: 'dana', standInId: 'lee' }];
  const of = (id: string, subject: string, roles: Role[] = ['manager']) =>
    relationsOf({ id, roles }, lineOf(subject), standIns);

  test('a stand-in is that to the reps of who is away, and a colleague to everybody else', () => {
    expect(of('lee', 'sam')).toEqual(['stand_in']);
    expect(of('lee', 'dana')).toEqual(['peer']);
    expect(of('lee', 'vera')).toEqual(['peer']);
  });

  test('nobody stands in towards themself', () => {
    const named = [{ awayId: 'dana', standInId: 'sam' }];
    expect(relationsOf({ id: 'sam', roles: ['rep'] }, lineOf('sam'), named)).toEqual(['self']);
    expect(relationsOf({ id: 'sam', roles: ['rep'] }, lineOf('pat'), named)).toEqual(['stand_in']);
  });

  test('no manager is not a manager that somebody could be or stand in for', () => {
    expect(of('lee', 'nobody')).toEqual(['peer']);
  });

  test('two who report to each other are not above themselves', () => {
    const line = { personId: 'a', managerId: 'b', managersManagerId: 'a' };
    expect(relationsOf({ id: 'a', roles: ['manager'] }, line, [])).toEqual(['self']);
    expect(relationsOf({ id: 'b', roles: ['manager'] }, line, [])).toEqual(['manager']);
  });

  test('several hold at once', () => {
    expect(of('vera', 'sam', ['manager', 'admin', 'enablement'])).toEqual([
      'managers_manager',
      'enablement',
      'admin',
    ]);
  });

  test('to the workspace as a whole only enablement and admin are something', () => {
    expect(relationsByRole(['rep', 'manager'])).toEqual(['peer']);
    expect(relationsByRole(['admin', 'manager', 'enablement'])).toEqual(['enablement', 'admin']);
  });
});
