import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { practiceItems } from '#domain/practice/items.ts';
import { givePractice } from '#services/give-practice.ts';
import { type DebriefAnswers, shareDebrief } from '#services/share-debrief.ts';
import { withdrawDebrief } from '#services/withdraw-debrief.ts';
import { type DebriefContent, lastDebriefsOf, observedCallsOf } from '#storage/debriefs.ts';
import { sightingsOf } from '#storage/sightings.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { debriefContent as content } from './debrief-content.ts';
import { type Office, openOffice, person, workspaceId } from './office.ts';

onBothDatabases('a debrief', (open) => {
  let database: TestDatabase;
  let office: Office;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    office = await openOffice(
      database,
      ['Dana', 'Sam', 'Kim'].map((name) => person(name)),
    );
    const imported = await office.import(
      'U0DANA,,manager,,,,,',
      'U0SAM,,rep,U0DANA,,,,',
      'U0KIM,,rep,U0DANA,,,,',
    );
    expect(imported.ok).toBe(true);
  });
  afterEach(() => office.close());

  let forms = 0;
  const share = async (more: Partial<DebriefContent> = {}, to: Partial<DebriefAnswers> = {}) => {
    forms += 1;
    const shared = await shareDebrief(office.context, workspaceId, {
      viewId: `V${forms}`,
      observerId: 'U0DANA',
      repId: 'U0SAM',
      debriefId: undefined,
      plan: undefined,
      content: { ...content, ...more },
      ...to,
    });
    if (!shared.ok) throw new Error(shared.problem.kind);
    return shared.value;
  };
  const callsOf = (month: string) =>
    database.inWorkspace(workspaceId, (trx) => observedCallsOf(trx, workspaceId, month));
  const seenIn = (from: string, to: string) =>
    database.inWorkspace(workspaceId, (trx) =>
      sightingsOf(trx, workspaceId, ['U0SAM', 'U0KIM'], { from, to }),
    );

  test('counts in the month of its call, with how it was followed; withdrawn, it counts nowhere', async () => {
    await share({ heldOn: '2026-02-28' });
    const march = await share({ heldOn: '2026-03-01' });
    await share({ heldOn: '2026-03-02', followed: 'recording' }, { repId: 'U0KIM' });
    expect(await callsOf('2026-02')).toEqual([{ repId: 'U0SAM', date: '2026-02-28', followed: 'live' }]);
    expect(await callsOf('2026-03')).toEqual([
      { repId: 'U0SAM', date: '2026-03-01', followed: 'live' },
      { repId: 'U0KIM', date: '2026-03-02', followed: 'recording' },
    ]);
    expect(await callsOf('2026-04')).toEqual([]);
    const one = { debriefId: march.debriefId, observerId: 'U0DANA' };
    expect(await withdrawDebrief(office.context, workspaceId, one)).toMatchObject({ ok: true });
    expect(await withdrawDebrief(office.context, workspaceId, { ...one, observerId: 'U0KIM' })).toMatchObject(
      {
        ok: false,
      },
    );
    expect((await callsOf('2026-03')).map(({ repId }) => repId)).toEqual(['U0KIM']);
    const last = await database.inWorkspace(workspaceId, (trx) =>
      lastDebriefsOf(trx, workspaceId, ['U0SAM']),
    );
    expect(last.get('U0SAM')).toMatchObject({ heldOn: '2026-02-28', learnings: ['problem', 'why_now'] });
  });

  test('leaves one row for each pillar, the newest call last, and none when it is withdrawn', async () => {
    const early = await share({ heldOn: '2026-02-10' });
    await share({
      heldOn: '2026-03-01',
      seen: { teach: 'reminded', tailor: 'unasked', takeControl: 'no_chance' },
    });
    const seen = await seenIn('2026-02-10', '2026-03-01');
    expect(seen).toHaveLength(6);
    expect(seen.at(-1)).toMatchObject({
      pillar: 'teach',
      seen: 'reminded',
      date: '2026-03-01',
      followed: 'live',
    });
    expect(await seenIn('2026-02-11', '2026-02-28')).toEqual([]);
    await withdrawDebrief(office.context, workspaceId, { debriefId: early.debriefId, observerId: 'U0DANA' });
    expect(await seenIn('2026-01-01', '2026-12-31')).toHaveLength(3);
  });

  test('changed, its rows change with it; withdrawn, it can be changed no more', async () => {
    const { debriefId } = await share();
    expect(await share({ account: 'Initech', heldOn: '2026-02-27' }, { debriefId })).toMatchObject({
      outcome: 'changed',
      debriefId,
    });
    expect((await seenIn('2026-01-01', '2026-12-31')).map(({ account }) => account)).toEqual([
      'Initech',
      'Initech',
      'Initech',
    ]);
    await withdrawDebrief(office.context, workspaceId, { debriefId, observerId: 'U0DANA' });
    await expect(share({}, { debriefId })).rejects.toThrow('withdrawn');
    await expect(share({}, { debriefId: crypto.randomUUID() })).rejects.toThrow('not_yours');
  });

  test('gives what was chosen to practise, once', async () => {
    const [item] = practiceItems;
    const itemId = item?.id ?? '';
    const shared = await share({ practiceItemId: itemId });
    expect(shared.toPractise).toBe(itemId);
    const changed = await share(
      { practiceItemId: itemId, worked: 'Better' },
      { debriefId: shared.debriefId },
    );
    expect(changed.toPractise).toBeUndefined();
    const one = { viewId: 'V', managerId: 'U0DANA', repId: 'U0SAM', itemId, why: content.moment };
    expect(await givePractice(office.context, workspaceId, one)).toMatchObject({ ok: true });
    expect(await givePractice(office.context, workspaceId, one)).toMatchObject({ ok: true });
    expect(await givePractice(office.context, workspaceId, { ...one, viewId: 'W' })).toMatchObject({
      ok: false,
      problem: { kind: 'practising_already' },
    });
  });
});
