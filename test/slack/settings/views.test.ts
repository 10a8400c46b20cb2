import { describe, expect, test } from 'vitest';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import { defaultsModal } from '#slack/set-up/defaults.ts';
import { setUpBlocks } from '#slack/set-up/view.ts';
import { carriedFor } from '#slack/settings/carried.ts';
import { groups, keysOf } from '#slack/settings/groups.ts';
import { settingsHistory } from '#slack/settings/history.ts';
import { settingsForm, settingsList } from '#slack/settings/view.ts';
import type { SettingChange } from '#storage/settings.ts';
import { markupIn } from '#test/features/inert.ts';

const hostile = [
  'M'.repeat(24),
  '&<>"*_~`@here'.slice(0, 24),
  '🧑🏽‍🚀'.repeat(3),
  'שרה'.repeat(8),
  '\u202E!',
  '<!channel>',
];
const rest = (name: string): string => Array.from(name).slice(1).join('');

const settingsCalled = (name: string): Settings => ({
  ...defaultSettings,
  workingDays: [1, 3, 7],
  checkInDays: [256, 257, 258, 259, 260, 261, 262, 263, 264, 365],
  observedCallFollowUps: [],
  pillarNames: { teach: name, tailor: `2${rest(name)}`, takeControl: `3${rest(name)}` },
});

test('every setting has exactly one place where it is changed', () => {
  const shown = groups.flatMap(keysOf);
  expect(shown.toSorted()).toEqual(Object.keys(defaultSettings).toSorted());
});

describe.each(hostile)('with pillars called %j', (name) => {
  const all = settingsCalled(name);

  test('the list stays within the limits, and nothing in it is read as more than text', () => {
    const view = settingsList(all);
    expect(validateView(view)).toEqual([]);
    expect(JSON.stringify(view)).not.toContain('<!channel>');
  });

  test('what is looked at while setting up does, however far it has come', () => {
    expect(validateView(defaultsModal(all))).toEqual([]);
    for (const isDone of [false, true]) {
      const done = {
        people: isDone,
        defaults: isDone,
        digest: false,
        preview: isDone,
        start: isDone,
      };
      const blocks = setUpBlocks(
        {
          done,
          people: { people: 50_000, managers: 6_000, unmanaged: 12 },
          settings: all,
          digestChannel: isDone ? 'C0COACHING' : null,
          startedAt: isDone ? 0 : null,
          pilotManagers: 3,
          finished: false,
        },
        { choosesDigest: isDone },
      );
      expect(validateView({ type: 'home', blocks })).toEqual([]);
      expect(markupIn(blocks).join('\n')).not.toContain('<!channel>');
    }
  });

  test.each(groups)('the form for $title does, filled with what holds or with the defaults', (group) => {
    const carried = carriedFor(group, 'V0LIST', all);
    expect(validateView(settingsForm(carried, all))).toEqual([]);
    expect(validateView(settingsForm({ ...carried, round: 12 }, defaultSettings))).toEqual([]);
  });

  test.each([0, 1, 8, 40])('the history of %d changes does', (count) => {
    const changes = Array.from({ length: count }, (_, index): SettingChange => {
      const key = (['pillarNames', 'budget', 'checkInDays', 'gone'] as const)[index % 4] ?? 'gone';
      return {
        id: String(1000 - index),
        key,
        from: index % 3 === 0 ? undefined : 'of an older version',
        to: key === 'gone' ? { a: 1 } : all[key],
        at: new Date('2026-03-02T14:00:00Z'),
        by: name.repeat(20),
        viewId: `V${index}`,
      };
    });
    const view = settingsHistory({ changes, earlier: true, timeZone: 'America/Argentina/ComodRivadavia' });
    expect(validateView(view)).toEqual([]);
    expect(JSON.stringify(view)).not.toContain('<!channel>');
  });
});
