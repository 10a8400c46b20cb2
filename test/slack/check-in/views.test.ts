import type { KnownBlock } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { perPillar, pillars } from '#domain/pillar.ts';
import { defaultSettings } from '#domain/settings.ts';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import { leftOutModal, repsOnPage, type TeamCarried, teamModal } from '#slack/check-in/team-view.ts';
import { checkInModal } from '#slack/check-in/view.ts';
import { fitted } from '#slack/text.ts';
import { checkInsOf, crowds, hostileNames } from '#test/slack/trainees.ts';

const { pillarNames } = defaultSettings;
const carried: TeamCarried = { programmeId: 'P', day: 7, all: false, from: 0, more: false };

describe.each(hostileNames)('with people called %j', (name) => {
  test.each([false, true])('a rep looks back (more: %s)', (more) => {
    for (const facts of checkInsOf(6, name)) {
      const view = checkInModal({ facts, pillarNames: perPillar(() => fitted(name, 24)) }, more);
      expect(validateView(view)).toEqual([]);
      expect(view.close?.text).toBe('Not now');
      expect(view.blocks.at(-1)?.type).toBe('context');
    }
  });

  test.each(crowds.filter((count) => count > 0))('a manager looks at %d reps, page by page', (count) => {
    const rows = checkInsOf(count, name).map((facts) => ({
      facts,
      initial: perPillar(() => 'not_watched' as const),
    }));
    const team = { programmeId: 'P', programmeName: name, day: 7, rows, pillarNames };
    const seen: string[] = [];
    for (let from = 0; from < count; from += repsOnPage) {
      for (const more of [false, true]) {
        const view = teamModal(team, { ...carried, from, more });
        expect(validateView(view)).toEqual([]);
        expect(JSON.stringify(view.private_metadata).length).toBeLessThan(500);
        if (more) continue;
        seen.push(
          ...view.blocks.flatMap(({ block_id: id = '' }) =>
            id.endsWith('.row') ? [id.split('.')[0] ?? ''] : [],
          ),
        );
      }
    }
    expect(seen).toEqual(rows.map(({ facts }) => facts.occurrenceId));
  });

  test('who was left out is named', () => {
    expect(validateView(leftOutModal(Array(60).fill(name), 3))).toEqual([]);
  });
});

test('one side is no hint to the other before both are in', () => {
  for (const facts of checkInsOf(6, 'Sam')) {
    const both = facts.rep !== null && facts.manager !== null;
    const own = JSON.stringify(checkInModal({ facts, pillarNames }, true));
    expect(own.includes('not seen')).toBe(both);
    const rows = [{ facts, initial: perPillar(() => 'not_watched' as const) }];
    const team = { programmeId: 'P', programmeName: 'P', day: 7, rows, pillarNames };
    expect(JSON.stringify(teamModal(team, carried)).includes('did it unasked')).toBe(both);
  }
});

test.each([1, 2, 3])(
  'each rep is one row with a menu for each of %d pillars, by the workspace’s names',
  (count) => {
    const some = pillars.slice(0, count);
    const own = { teach: 'Lehren '.repeat(3).trim(), tailor: 'Zuschneiden', takeControl: 'x'.repeat(24) };
    const rows = checkInsOf(2, 'Sam').map((facts) => ({
      facts: { ...facts, pillars: some },
      initial: perPillar(() => 'reminded' as const),
    }));
    const view = teamModal({ programmeId: 'P', programmeName: 'P', day: 7, rows, pillarNames: own }, carried);
    expect(validateView(view)).toEqual([]);
    const menus = (view.blocks as KnownBlock[]).filter(({ block_id: id = '' }) => id.endsWith('.row'));
    expect(menus).toHaveLength(rows.length);
    for (const block of menus) {
      if (block.type !== 'actions') throw new Error('not a row');
      const shown = block.elements.map((one) => {
        if (one.type !== 'static_select') throw new Error('not a menu');
        expect(one.options).toContainEqual(one.initial_option);
        return one.initial_option?.text.text;
      });
      expect(shown).toEqual(
        ['Lehren…: when reminded', 'Zuschne…: when reminded', 'xxxxxxx…: when reminded'].slice(0, count),
      );
    }
  },
);

test('an option of the manager’s menus says pillar and answer within what a menu in a row shows', () => {
  const [facts] = checkInsOf(1, 'Sam');
  if (facts === undefined) throw new Error('no check-in');
  const rows = [{ facts, initial: perPillar(() => 'not_watched' as const) }];
  const view = teamModal({ programmeId: 'P', programmeName: 'P', day: 7, rows, pillarNames }, carried);
  const options = (view.blocks as KnownBlock[])
    .flatMap((block) => (block.type === 'actions' && block.block_id?.endsWith('.row') ? block.elements : []))
    .map((one) => (one.type === 'static_select' ? one.options?.map(({ text }) => text.text) : undefined));
  expect(options.flat().every((text) => (text?.length ?? 99) <= 23)).toBe(true);
  expect(options).toEqual([
    [
      'Teach: unasked',
      'Teach: when reminded',
      'Teach: not seen',
      'Teach: no chance',
      "Teach: haven't watched",
    ],
    [
      'Tailor: unasked',
      'Tailor: when reminded',
      'Tailor: not seen',
      'Tailor: no chance',
      "Tailor: haven't watched",
    ],
    [
      'Take Control: unasked',
      'Take…: when reminded',
      'Take Control: not seen',
      'Take Control: no chance',
      "Take…: haven't watched",
    ],
  ]);
});
