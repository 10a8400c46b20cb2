import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Seen } from '#domain/observed-call.ts';
import { perPillar } from '#domain/pillar.ts';
import { answerCheckIns } from '#services/answer-check-in.ts';
import { answerBaseline, openBaseline } from '#services/baseline.ts';
import { changeProgramme } from '#services/change-programme.ts';
import { enrolMore, makeProgramme } from '#services/make-programme.ts';
import { openCheckIn, openTeamCheckIns } from '#services/open-check-in.ts';
import { openDayZero, recordDayZero } from '#services/record-day-zero.ts';
import { type CheckInFacts, checkInsWhere } from '#storage/check-ins.ts';
import type { Trx } from '#storage/database.ts';
import { insertDebrief } from '#storage/debriefs.ts';
import { checkInRows, enrolmentRows } from '#storage/retention-rows.ts';
import { revisionsOf } from '#storage/revisions.ts';
import { replaceSightings } from '#storage/sightings.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { type Office, openOffice, person, workspaceId } from './office.ts';

const people = ['Ellen', 'Dana', 'Priya', 'Sam', 'Kim', 'Noor'];
const content = {
  name: 'Winning Teach',
  sessionOn: '2026-03-03',
  pillars: ['teach' as const, 'tailor' as const],
};
const nobody = { picked: [], teamsOf: [], waves: [], pasted: '' };
const answers = { teach: 'unasked' as const, tailor: 'no_chance' as const };

onBothDatabases('check-ins', (open) => {
  let database: TestDatabase;
  let office: Office;
  beforeEach(async () => {
    database = await open();
    office = await openOffice(
      database,
      people.map((name) => person(name)),
    );
    const imported = await office.import(
      'U0ELLEN,,enablement,,,,,',
      'U0DANA,,manager,,,,,',
      'U0PRIYA,,manager,,,,,',
      'U0SAM,,rep,U0DANA,,,,',
      'U0KIM,,rep,U0DANA,,,,',
      'U0NOOR,,rep,U0PRIYA,,,,',
    );
    expect(imported.ok).toBe(true);
  });
  afterEach(async () => {
    await office.close();
    await database.close();
  });

  async function make(picked = ['U0SAM', 'U0KIM', 'U0NOOR'], viewId = 'V1'): Promise<string> {
    const given = { userId: 'U0ELLEN', viewId, content, choice: { ...nobody, picked } };
    const previewed = await makeProgramme(office.context, workspaceId, { ...given, seen: undefined });
    if (!previewed.ok || previewed.value.kind !== 'preview') throw new Error(JSON.stringify(previewed));
    const seen = previewed.value.preview.mark;
    // From two devices at once.
    const saved = await Promise.all(
      [1, 2].map(() => makeProgramme(office.context, workspaceId, { ...given, seen })),
    );
    expect(saved.map((one) => one.ok && one.value.kind)).toEqual(['saved', 'saved']);
    const rows = await database.inWorkspace(workspaceId, (trx) =>
      trx.selectFrom('programme').selectAll().execute(),
    );
    expect(rows).toHaveLength(1);
    return rows[0]?.programme_id ?? '';
  }

  const factsOf = (day: number): Promise<CheckInFacts[]> =>
    database.inWorkspace(workspaceId, (trx) => checkInsWhere(trx, workspaceId, { day }));

  async function of(name: string, day = 7): Promise<CheckInFacts> {
    const found = (await factsOf(day)).find(({ repName }) => repName === name);
    if (found === undefined) throw new Error(`no check-in of ${name}`);
    return found;
  }

  async function answer(userId: string, side: 'rep' | 'manager', names: string[], more = {}) {
    const rows = await Promise.all(
      names.map(async (name) => ({
        occurrenceId: (await of(name)).occurrenceId,
        answers,
        example: undefined,
      })),
    );
    return answerCheckIns(office.context, workspaceId, {
      viewId: `V${userId}${side}`,
      userId,
      side,
      rows,
      ...more,
    });
  }

  const later = (date: string): void => office.clock.travelTo(Date.parse(`${date}T12:00:00Z`));

  test('are answered by nobody but the rep and the manager of now', async () => {
    await make();
    later('2026-03-11');
    for (const [userId, side] of [
      ['U0KIM', 'rep'],
      ['U0DANA', 'rep'],
      ['U0ELLEN', 'rep'],
      ['U0SAM', 'manager'],
      ['U0PRIYA', 'manager'],
      ['U0ELLEN', 'manager'],
      ['U0STRANGER', 'manager'],
    ] as const) {
      expect(await answer(userId, side, ['Sam']), `${userId} as ${side}`).toMatchObject({ ok: false });
    }
    const { occurrenceId } = await of('Sam');
    expect(await openCheckIn(office.context, workspaceId, 'U0KIM', occurrenceId)).toMatchObject({
      ok: false,
    });
    expect(await answer('U0SAM', 'rep', ['Sam'])).toMatchObject({ ok: true });
    expect(await answer('U0DANA', 'manager', ['Sam'])).toMatchObject({ ok: true });
    expect((await of('Sam')).state).toBe('done');
  });

  test('are not answered ahead of their day, nor by a manager where the rep alone is asked', async () => {
    await make();
    later('2026-03-06');
    const rowOf = async (day: number) => [
      { occurrenceId: (await of('Sam', day)).occurrenceId, answers, example: undefined },
    ];
    const early = { rows: await rowOf(7), viewId: 'Vearly' };
    expect(await answer('U0SAM', 'rep', [], early)).toMatchObject({ ok: false });
    expect(await answer('U0DANA', 'manager', [], early)).toMatchObject({ ok: false });
    const alone = { rows: await rowOf(2), viewId: 'Valone' };
    expect(await answer('U0DANA', 'manager', [], alone)).toMatchObject({ ok: false });
    expect(await answer('U0SAM', 'rep', [], alone)).toMatchObject({ ok: true });
    expect((await of('Sam', 7)).rep).toBeNull();
  });

  test('of a team are kept but for whoever reports to somebody else by then, and that is said', async () => {
    await make();
    later('2026-03-11');
    const saved = await answer('U0DANA', 'manager', ['Sam', 'Kim', 'Noor']);
    expect(saved).toMatchObject({ ok: true, value: { leftOut: ['Noor'] } });
    expect((await factsOf(7)).map(({ repName, manager }) => [repName, manager !== null])).toEqual([
      ['Kim', true],
      ['Noor', false],
      ['Sam', true],
    ]);
  });

  test('sent twice are one answer, and changed are a correction with its history', async () => {
    await make();
    later('2026-03-11');
    await Promise.all([answer('U0SAM', 'rep', ['Sam']), answer('U0SAM', 'rep', ['Sam'])]);
    await answer('U0SAM', 'rep', ['Sam'], { viewId: 'Vphone' });
    const first = (await of('Sam')).rep;
    const changed = [
      {
        occurrenceId: (await of('Sam')).occurrenceId,
        answers: { ...answers, teach: 'not_seen' as const },
        example: 'Acme.',
      },
    ];
    await answer('U0SAM', 'rep', ['Sam'], { rows: changed, viewId: 'Vphone' });
    expect((await of('Sam')).rep).toMatchObject({
      id: first?.id,
      example: 'Acme.',
      answers: { teach: 'not_seen' },
    });
    const history = await database.inWorkspace(workspaceId, (trx) =>
      revisionsOf(trx, workspaceId, { kind: 'check_in', id: first?.id ?? '' }),
    );
    expect(history.map(({ content: one }) => (one as { answers: { teach: string } }).answers.teach)).toEqual([
      'unasked',
      'not_seen',
    ]);
  });

  test('are done by the rep alone on day 2, and where there is no manager', async () => {
    await make();
    later('2026-03-06');
    const { occurrenceId } = await of('Sam', 2);
    const rows = [{ occurrenceId, answers, example: undefined }];
    await answer('U0SAM', 'rep', ['Sam'], { rows });
    expect((await of('Sam', 2)).state).toBe('done');
    await office.import('U0KIM,,rep,,,,,');
    later('2026-03-11');
    await answer('U0KIM', 'rep', ['Kim']);
    expect((await of('Kim')).state).toBe('done');
  });

  test('begin for a manager with what the latest debrief since the last check-in says', async () => {
    const programmeId = await make();
    later('2026-03-11');
    const debriefs: { date: string; seen: Seen }[] = [
      { date: '2026-03-01', seen: 'unasked' },
      { date: '2026-03-06', seen: 'reminded' },
      { date: '2026-03-09', seen: 'not_watched' },
    ];
    await database.inWorkspace(workspaceId, async (trx) => {
      for (const [index, { date, seen }] of debriefs.entries()) {
        await wrote(trx, `00000000-0000-4000-8000-00000000000${index}`, date, seen);
      }
    });
    const which = { programmeId, day: 7, all: false };
    const opened = await openTeamCheckIns(office.context, workspaceId, 'U0DANA', which);
    if (!opened.ok) throw new Error(opened.problem.kind);
    expect(
      opened.value.rows.map(({ facts, initial }) => [facts.repName, initial.teach, initial.tailor]),
    ).toEqual([
      ['Kim', 'not_watched', 'not_watched'],
      ['Sam', 'reminded', 'not_watched'],
    ]);
    expect(await openTeamCheckIns(office.context, workspaceId, 'U0NOOR', which)).toMatchObject({ ok: false });
  });

  test('are counted as unanswered only where a message asked, and never where they were excused', async () => {
    await make();
    const rows = await database.inWorkspace(workspaceId, (trx) => checkInRows(trx, workspaceId));
    expect(rows).toEqual([]);
    const enrolments = await database.inWorkspace(workspaceId, (trx) => enrolmentRows(trx, workspaceId));
    expect(enrolments.map(({ repId, sessionOn }) => `${repId} ${sessionOn}`).toSorted()).toEqual([
      'U0KIM 2026-03-03',
      'U0NOOR 2026-03-03',
      'U0SAM 2026-03-03',
    ]);
  });

  test('of a programme are set up and moved by enablement alone', async () => {
    const programmeId = await make();
    for (const userId of ['U0DANA', 'U0SAM', 'U0STRANGER']) {
      const choice = { ...nobody, picked: ['U0KIM'] };
      const given = { userId, viewId: 'V9', choice, seen: undefined };
      expect(await makeProgramme(office.context, workspaceId, { ...given, content })).toMatchObject({
        ok: false,
      });
      expect(await enrolMore(office.context, workspaceId, { ...given, programmeId })).toMatchObject({
        ok: false,
      });
      expect(
        await changeProgramme(office.context, workspaceId, { userId, programmeId, content }),
      ).toMatchObject({
        ok: false,
        problem: { kind: 'not_yours' },
      });
    }
  });

  test('compare with a day 0 that is told by enablement, or by managers of their own reps', async () => {
    const programmeId = await make();
    expect(await openDayZero(office.context, workspaceId, 'U0ELLEN', programmeId)).toMatchObject({
      problem: { kind: 'not_yet' },
    });
    later('2026-03-03');
    const seen = await openDayZero(office.context, workspaceId, 'U0DANA', programmeId);
    expect(seen.ok && seen.value.reps.map(({ repName }) => repName)).toEqual(['Kim', 'Sam']);
    const shown = [{ repId: 'U0NOOR', pillar: 'teach' as const, shown: true }];
    const ofDana = { userId: 'U0DANA', programmeId, shown };
    expect(await recordDayZero(office.context, workspaceId, ofDana)).toMatchObject({ ok: false });
    expect(await recordDayZero(office.context, workspaceId, { ...ofDana, userId: 'U0ELLEN' })).toMatchObject({
      ok: true,
    });
    expect(await openDayZero(office.context, workspaceId, 'U0SAM', programmeId)).toMatchObject({ ok: false });
  });

  test('come after a baseline that a manager is asked for again when the rep comes back to them', async () => {
    await make(['U0SAM']);
    const asked = () =>
      database.inWorkspace(workspaceId, async (trx) => {
        const open = trx.selectFrom('card_note').select('receiver_id').where('kind', '=', 'baseline');
        const rows = await open.where('settled_at', 'is', null).orderBy('receiver_id').execute();
        return rows.map((row) => row.receiver_id);
      });
    const giveSamTo = async (manager: string): Promise<void> => {
      office.clock.travelTo(office.clock.now() + 60_000);
      expect(await office.import(`U0SAM,,rep,${manager},,,,`)).toMatchObject({ ok: true });
    };
    expect(await asked()).toEqual(['U0DANA', 'U0SAM']);
    await giveSamTo('U0PRIYA');
    expect(await asked()).toEqual(['U0PRIYA', 'U0SAM']);
    await giveSamTo('U0DANA');
    expect(await asked()).toEqual(['U0DANA', 'U0SAM']);
    const { enrolmentId } = await of('Sam');
    const given = { viewId: 'VD', userId: 'U0DANA', enrolmentId, answers: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] };
    expect(await answerBaseline(office.context, workspaceId, given)).toMatchObject({ ok: true });
    await giveSamTo('U0PRIYA');
    await giveSamTo('U0DANA');
    expect(await asked()).toEqual(['U0SAM']);
  });

  test('come after a baseline that shows neither the other side before both are in', async () => {
    await make();
    const { enrolmentId } = await of('Sam');
    const ten = [3, 4, 4, 2, 3, 3, 5, 2, 2, 4];
    const given = { viewId: 'VB', userId: 'U0SAM', enrolmentId, answers: ten };
    const ofSam = await answerBaseline(office.context, workspaceId, given);
    expect(ofSam).toMatchObject({ ok: true, value: { side: 'rep', own: ten, other: undefined } });
    const before = await openBaseline(office.context, workspaceId, 'U0DANA', enrolmentId);
    expect(before).toMatchObject({ ok: true, value: { side: 'manager', own: undefined, other: undefined } });
    for (const userId of ['U0KIM', 'U0PRIYA', 'U0ELLEN', 'U0STRANGER']) {
      expect(await openBaseline(office.context, workspaceId, userId, enrolmentId)).toMatchObject({
        ok: false,
      });
    }
    const ofDana = await answerBaseline(office.context, workspaceId, {
      ...given,
      userId: 'U0DANA',
      viewId: 'VD',
    });
    expect(ofDana).toMatchObject({ ok: true, value: { other: ten, next: [{ repName: 'Kim' }] } });
  });
});

/** What a manager wrote after a call of Sam's on which only one pillar had a chance to be seen. */
async function wrote(trx: Trx, id: string, date: string, seen: Seen): Promise<void> {
  const nothing = {
    secondStrength: null,
    focusArea: null,
    callType: null,
    buyers: null,
    minutes: null,
    link: null,
    learnings: [],
    questions: null,
    buyerTalk: null,
    pitchMinute: null,
    practiceItemId: null,
    followUpOn: null,
    privateNote: null,
  };
  const said = perPillar((pillar): Seen => (pillar === 'teach' ? seen : 'not_watched'));
  const call = {
    heldOn: date,
    followed: 'live' as const,
    account: 'Acme',
    worked: 'The pause.',
    moment: 'Price.',
  };
  await insertDebrief(trx, workspaceId, {
    id,
    repId: 'U0SAM',
    observerId: 'U0DANA',
    planId: null,
    occurrenceId: null,
    late: false,
    at: new Date(`${date}T12:00:00Z`),
    content: { ...nothing, ...call, seen: said },
  });
  await replaceSightings(trx, workspaceId, id, {
    repId: 'U0SAM',
    observerId: 'U0DANA',
    account: 'Acme',
    date,
    followed: 'live',
    seen: said,
  });
}
