import { describe, expect, test } from 'vitest';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { PeoplePage, PersonOnPage } from '#services/search-people.ts';
import type { PersonShown } from '#services/view-person.ts';
import { editModal } from '#slack/people/edit-form.ts';
import { moveModal } from '#slack/people/move-view.ts';
import { firstPage, type ListState, mostChosen, pageLength } from '#slack/people/state.ts';
import { ids, listModal } from '#slack/people/view.ts';
import { markupIn } from '#test/features/inert.ts';

const hostile = [
  'M'.repeat(300),
  '&<>"*_~`@here',
  '🧑🏽‍🚀'.repeat(40),
  'שרה כהן '.repeat(12),
  '\u202Eevil',
  '<!channel>',
  '',
];
const id = (index: number): string => `U0123456789${String(index).padStart(3, '0')}`;

const personCalled = (name: string, index: number): PersonOnPage => ({
  id: id(index),
  name,
  email: `${'a'.repeat(60)}@example.test`,
  roles: ['rep', 'manager', 'enablement', 'admin'],
  segment: 'core',
  wave: 2,
  status: index % 3 === 0 ? 'guest' : 'active',
  timeZone: 'America/Argentina/ComodRivadavia',
  manager: { id: 'U0BOSS', name },
  awayUntil: '2026-03-12',
});

const pageOf = (name: string, scope: PeoplePage['scope']): PeoplePage => ({
  scope,
  people: Array.from({ length: pageLength }, (_, index) => personCalled(name, index)),
  total: 5_003,
  preceding: 4_990,
  next: { name, id: id(9) },
  previous: { name, id: id(0) },
  showsTier: true,
  newcomers: 1_234,
  withoutManager: 12,
  managerLeft: 3,
});

const everybody = Array.from({ length: mostChosen }, (_, index) => id(index));
const states: [string, Partial<ListState>][] = [
  ['as it opens', {}],
  ['looking for something', { text: '"'.repeat(60), segment: 'none', wave: '4', who: 'manager_left' }],
  ['with as many chosen as there may be', { choosing: true, chosen: everybody, round: 99 }],
  ['of newcomers', { who: 'new' }],
];

const shown = (name: string): PersonShown => ({
  person: personCalled(name, 1),
  fields: {
    roles: ['rep', 'manager', 'enablement', 'admin'],
    managerId: 'U0BOSS',
    segment: 'low',
    wave: 4,
    startDate: '2026-01-01',
    country: 'DE',
    workingDays: [1, 2, 3, 4, 5, 6, 7],
    workStarts: '09:00',
    workEnds: '17:00',
  },
  settable: [
    'roles',
    'managerId',
    'segment',
    'wave',
    'startDate',
    'country',
    'workingDays',
    'workStarts',
    'workEnds',
  ],
  showsTier: true,
  manager: { id: 'U0BOSS', name },
  before: [{ managerId: 'U0OLD', managerName: name, since: new Date(0), until: new Date(1) }],
  reports: Array.from({ length: 40 }, (_, index) => ({ id: id(index), name })),
  absences: Array.from({ length: 8 }, (_, index) => ({
    id: `absence${index}`,
    memberId: id(1),
    firstDay: '2026-03-02',
    lastDay: '2026-03-06',
    standInId: 'U0BOSS',
    standInName: name,
    source: 'member' as const,
  })),
});

describe.each(hostile)('with everybody called %j', (name) => {
  test.each(['all', 'team'] as const)('the list of %s stays within the limits', (scope) => {
    for (const [, state] of states) {
      const view = listModal({
        page: pageOf(name, scope),
        state: { ...firstPage, after: { name: name.slice(0, 80), id: id(3) }, ...state },
        today: '2026-03-02',
        keepers: ['U0EVA', 'U0ADA'],
        newcomers: everybody.slice(0, 30),
      });
      expect(validateView(view)).toEqual([]);
      expect(markupIn(view.blocks).join('\n')).not.toContain('<!channel>');
    }
  });

  test('the form about one person does, opened from a list with as many chosen as there may be', () => {
    const list = {
      ...firstPage,
      choosing: true,
      chosen: everybody,
      after: { name: name.slice(0, 80), id: id(3) },
    };
    const { fields } = shown(name);
    const carried = { personId: id(1), below: { listId: 'V0123456789', list }, seen: fields, round: 3 };
    const view = editModal({ shown: shown(name), carried, hint: 'Something was changed.' });
    expect(validateView(view)).toEqual([]);
    expect(markupIn(view.blocks).join('\n')).not.toContain('<!channel>');
  });

  test('what moves with another manager does', () => {
    const becoming = [{ field: 'manager' as const, from: name, to: name, count: 1 }];
    const preview = { changing: 1, chosen: 1, becoming, excused: 2, commitments: 1, name, digest: 'x' };
    const view = moveModal(ids.moveModal, preview, {});
    expect(validateView(view)).toEqual([]);
    expect(markupIn(view.blocks).join('\n')).not.toContain('<!channel>');
  });
});
