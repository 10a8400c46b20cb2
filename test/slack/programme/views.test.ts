import { describe, expect, test } from 'vitest';
import { defaultSettings } from '#domain/settings.ts';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { EnrolmentPreview } from '#services/make-programme.ts';
import {
  changeForm,
  dayZeroForm,
  dayZeroPage,
  enrolForm,
  newForm,
  withdrawForm,
} from '#slack/programme/forms.ts';
import { programmeDetail, programmeList } from '#slack/programme/view.ts';
import { fitted } from '#slack/text.ts';
import { checkInsOf, crowds, enrolled, hostileNames, programmeCalled } from '#test/slack/trainees.ts';

const settings = defaultSettings;
const today = '2026-03-11';
const now = Date.parse('2026-03-12T12:00:00Z');
const carried = { programmeId: 'P', rootId: 'V1' };

describe.each(hostileNames)('with people and programmes called %j', (name) => {
  const programme = programmeCalled(fitted(name, 80));

  test.each(crowds)('the list of %d programmes fits', (count) => {
    for (const mayRun of [true, false]) {
      const programmes = Array.from({ length: count }, () => ({ ...programme, reps: count }));
      const view = programmeList({ mayRun, programmes: uniquely(programmes), settings, today });
      expect(validateView(view)).toEqual([]);
      expect(JSON.stringify(view)).not.toContain('mrkdwn');
    }
  });

  test.each(crowds)('a programme with %d reps fits, and so do its forms', (count) => {
    const reps = enrolled(count, name);
    const checkIns = checkInsOf(count, name);
    for (const mayRun of [true, false]) {
      const detail = { programme, mayRun, reps, checkIns, dayZero: [], baselines: [], settings, today, now };
      expect(validateView(programmeDetail(detail, true))).toEqual([]);
    }
    const preview: EnrolmentPreview = {
      joining: reps.map(({ id, repName, asked, managerId }) => ({
        id,
        name: repName,
        asked,
        hasManager: managerId !== null,
      })),
      alreadyIn: reps.map(({ repName }) => repName),
      baseline: true,
      days: settings.checkInDays.map((day) => ({
        day,
        askedOn: ['2026-03-10', '2026-03-12'],
        managerToo: true,
      })),
      over: [1, 2, 3],
      mark: 'm'.repeat(43),
    };
    for (const shown of [undefined, preview]) {
      expect(validateView(newForm(settings, carried, shown))).toEqual([]);
      expect(validateView(enrolForm(programme, carried, shown))).toEqual([]);
    }
    expect(validateView(changeForm(programme, settings, carried))).toEqual([]);
    expect(validateView(withdrawForm(programme, carried))).toEqual([]);
    for (let from = 0; from < count; from += dayZeroPage) {
      const { pillarNames } = settings;
      const view = dayZeroForm({ programme, reps, shown: [], pillarNames }, { ...carried, from });
      expect(validateView(view)).toEqual([]);
      expect(view.blocks.at(-1)?.type).toBe('context');
    }
  });
});

function uniquely<T extends { id: string }>(some: T[]): T[] {
  return some.map((one, index) => ({ ...one, id: `${one.id.slice(0, 30)}${index}` }));
}
