import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replayed } from '#domain/practice/schedule.ts';
import { addDays, isoWeek } from '#domain/time/civil.ts';
import { openAssignment } from '#services/assign-practice.ts';
import { bringBackPractice, endPractice } from '#services/end-practice.ts';
import { onBothDatabases } from '#test/database.ts';
import { Gym, workspaceId } from './practising.ts';

const items = ['open-with-what-others-see', 'hidden-cost-of-today', 'number-before-feature'] as const;

onBothDatabases('what a rep practises', (openDatabase) => {
  let gym: Gym;
  beforeEach(async () => {
    gym = await Gym.open(await openDatabase());
  });
  afterEach(() => gym.database.close());

  async function assignmentIds(): Promise<string[]> {
    return [...new Set((await gym.times()).map((one) => one.assignmentId))];
  }

  const firstOpen = async () => {
    const [one] = await gym.open();
    if (one === undefined) throw new Error('nothing is open');
    return one;
  };

  test('is given once, whether the form is sent once or twice, and corrected by the same form', async () => {
    const viewId = 'VTWICE';
    await Promise.all([
      gym.assign(items[0], '2026-03-03', { viewId }),
      gym.assign(items[0], '2026-03-03', { viewId }),
    ]);
    expect((await gym.open()).map((one) => one.on)).toEqual(['2026-03-03']);
    expect(await gym.assign(items[1], '2026-03-05', { viewId })).toMatchObject({ ok: true });
    expect((await gym.open()).map((one) => one.on)).toEqual(['2026-03-05']);
    expect(await assignmentIds()).toHaveLength(1);
  });

  test('is refused where it is practised already, too late, too far, on a day off, while away, in a full week', async () => {
    await gym.isAway('sam', '2026-03-16', '2026-03-20');
    await gym.assign(items[0], '2026-03-03');
    expect(await gym.assign(items[0], '2026-03-05')).toMatchObject({
      problem: { kind: 'practising_already' },
    });
    expect(await gym.assign(items[1], '2026-03-01')).toMatchObject({ problem: { kind: 'in_the_past' } });
    expect(await gym.assign(items[1], '2027-03-01')).toMatchObject({ problem: { kind: 'too_far' } });
    const refusal = async (dueOn: string) =>
      (await gym.assign(items[1], dueOn, { viewId: 'VMIND' })) as object;
    expect(await refusal('2026-03-07')).toMatchObject({
      problem: { kind: 'no_room', because: 'day_off', next: '2026-03-09' },
    });
    expect(await refusal('2026-03-18')).toMatchObject({
      problem: { kind: 'no_room', because: 'away', next: '2026-03-23' },
    });
    // The same form, mended.
    expect(await refusal('2026-03-06')).toMatchObject({ ok: true });
    expect(await gym.assign(items[2], '2026-03-04')).toMatchObject({
      problem: { kind: 'no_room', because: 'week_is_full', perWeek: 2, next: '2026-03-09' },
    });
    const opened = await openAssignment(gym.context, workspaceId, 'dana', 'sam');
    expect(opened).toMatchObject({ ok: true, value: { proposed: '2026-03-09' } });
    expect((await gym.open()).map((one) => one.on)).toEqual(['2026-03-03', '2026-03-06']);
  });

  test('is given only by who manages or stands in, to an active rep, and to nobody in wave 4', async () => {
    const on = '2026-03-03';
    expect(await gym.assign(items[0], on, { by: 'lee' })).toMatchObject({
      problem: { kind: 'not_your_report' },
    });
    expect(await gym.assign(items[0], on, { by: 'kim' })).toMatchObject({
      problem: { kind: 'not_your_report' },
    });
    expect(await gym.assign(items[0], on, { by: 'sam' })).toMatchObject({ problem: { kind: 'yourself' } });
    expect(await gym.assign(items[0], on, { to: 'nobody' })).toMatchObject({
      problem: { kind: 'rep_unknown' },
    });
    expect(await gym.assign(items[0], on, { by: 'nobody' })).toMatchObject({
      problem: { kind: 'you_are_unknown' },
    });
    await gym.member('kim', { wave: 4 });
    expect(await gym.assign(items[0], on, { to: 'kim' })).toMatchObject({
      problem: { kind: 'no_practice', because: 'wave' },
    });
    await gym.isAway('dana', '2026-03-02', '2026-03-06', 'lee');
    expect(await gym.assign(items[0], on, { by: 'lee' })).toMatchObject({ ok: true });
    expect(await gym.assign(items[0], on, { by: 'lee', to: 'kim' })).toMatchObject({
      problem: { kind: 'no_practice', because: 'not_told' },
    });
    await gym.member('kim', { status: 'deactivated' });
    expect(await gym.assign(items[0], on, { to: 'kim' })).toMatchObject({ problem: { kind: 'not_active' } });
  });

  test('goes by the rep’s own word until the manager’s comes, and then moves', async () => {
    await gym.assign(items[0], '2026-03-03');
    await gym.dayIs('2026-03-03');
    await gym.reflect((await firstOpen()).occurrenceId, 'did_it');
    const alone = (await firstOpen()).on;
    const [review] = await gym.reviews();
    expect(review).toMatchObject({ reflected_on: '2026-03-03', late: false, verified_at: null });
    await gym.verify(review?.review_id ?? '', 'seen');
    const seen = (await firstOpen()).on;
    expect(seen > alone).toBe(true);
    await gym.verify(review?.review_id ?? '', 'not_seen');
    expect((await firstOpen()).on < seen).toBe(true);
    // Haven't watched says nothing, so the rep's word stands alone again.
    await gym.verify(review?.review_id ?? '', null);
    expect((await firstOpen()).on).toBe(alone);
    expect(await gym.open()).toHaveLength(1);
    expect((await gym.notes()).map((one) => one.settled_at !== null)).toEqual([true]);
  });

  test('is not moved by the manager’s word once the rep has been asked for it', async () => {
    await gym.assign(items[0], '2026-03-03');
    await gym.dayIs('2026-03-03');
    await gym.reflect((await firstOpen()).occurrenceId, 'not_yet');
    const { on } = await firstOpen();
    await gym.dayIs(on);
    await gym.markAsked();
    const [review] = await gym.reviews();
    await gym.verify(review?.review_id ?? '', 'seen');
    expect((await firstOpen()).on).toBe(on);
  });

  test('that nobody looked back on comes again, ever later, one at a time', async () => {
    await gym.assign(items[0], '2026-03-03');
    for (let day = '2026-03-03'; day <= '2026-05-15'; day = addDays(day, 1)) {
      await gym.dayIs(day);
      await gym.markAsked();
      expect((await gym.open()).length).toBeLessThanOrEqual(1);
    }
    const times = await gym.times();
    // A week to look back, then 3, 6, 12, 24 days; moved to working days.
    expect(times.map((one) => [one.on, one.state])).toEqual([
      ['2026-03-03', 'expired'],
      ['2026-03-13', 'expired'],
      ['2026-03-26', 'expired'],
      ['2026-04-14', 'expired'],
      ['2026-05-15', 'due'],
    ]);
  });

  test('that is looked back on late is kept and stays expired, and the next date follows from it', async () => {
    await gym.assign(items[0], '2026-03-03');
    await gym.dayIs('2026-03-03');
    await gym.markAsked();
    const { occurrenceId } = await firstOpen();
    await gym.dayIs('2026-03-10');
    expect((await firstOpen()).on).toBe('2026-03-13');
    await gym.dayIs('2026-03-11');
    expect(await gym.reflect(occurrenceId, 'did_it')).toMatchObject({
      value: { outcome: 'kept', late: true },
    });
    const times = await gym.times();
    expect(times.map((one) => one.state)).toEqual(['expired', 'planned']);
    const late = { on: '2026-03-11', reflection: 'did_it', verification: null } as const;
    const { dueOn } = replayed('2026-03-03', [late]);
    expect(times[1]?.on.slice(0, 7)).toBe('2026-03');
    expect((times[1]?.on ?? '') >= dueOn).toBe(true);
  });

  test('that is late and asked for anew meanwhile answers the new time', async () => {
    await gym.assign(items[0], '2026-03-03');
    await gym.dayIs('2026-03-03');
    await gym.markAsked();
    const { occurrenceId } = await firstOpen();
    await gym.dayIs('2026-03-10');
    await gym.dayIs('2026-03-13');
    const viewId = 'VLATE';
    expect(await gym.reflect(occurrenceId, 'did_it', { viewId })).toMatchObject({
      value: { outcome: 'kept', late: false },
    });
    expect(await gym.reflect(occurrenceId, 'did_it', { viewId })).toMatchObject({
      value: { outcome: 'unchanged' },
    });
    expect(await gym.reviews()).toHaveLength(1);
    expect((await gym.times()).map((one) => one.state)).toEqual(['expired', 'done', 'planned']);
  });

  test('is looked back on once: twice at once, from two devices, and corrected with its history', async () => {
    await gym.assign(items[0], '2026-03-03');
    await gym.dayIs('2026-03-03');
    const { occurrenceId } = await firstOpen();
    const viewId = 'VSAME';
    await Promise.all([
      gym.reflect(occurrenceId, 'partly', { viewId }),
      gym.reflect(occurrenceId, 'partly', { viewId }),
      gym.reflect(occurrenceId, 'partly'),
    ]);
    expect(await gym.reviews()).toHaveLength(1);
    expect(await gym.reflect(occurrenceId, 'did_it', { sentence: 'No: I did.' })).toMatchObject({
      value: { outcome: 'corrected' },
    });
    const [review] = await gym.reviews();
    expect(review).toMatchObject({ reflection: 'did_it', sentence: 'No: I did.' });
    const revisions = await gym.database.inWorkspace(workspaceId, (trx) =>
      trx
        .selectFrom('record_revision')
        .select('content')
        .where('record_id', '=', review?.review_id ?? '')
        .execute(),
    );
    expect(revisions).toHaveLength(2);
    await gym.verify(review?.review_id ?? '');
    expect(await gym.reflect(occurrenceId, 'not_yet')).toMatchObject({
      problem: { kind: 'answered_already' },
    });
    expect(await gym.open()).toHaveLength(1);
  });

  test('is nobody else’s to look back on, and only the manager of now says what was seen', async () => {
    await gym.assign(items[0], '2026-03-03');
    await gym.dayIs('2026-03-03');
    const { occurrenceId } = await firstOpen();
    for (const by of ['kim', 'dana', 'nobody']) {
      expect(await gym.reflect(occurrenceId, 'did_it', { by })).toMatchObject({
        problem: { kind: 'not_yours' },
      });
    }
    await gym.reflect(occurrenceId);
    const reviewId = (await gym.reviews())[0]?.review_id ?? '';
    expect(await gym.verify(reviewId, 'seen', { by: 'lee' })).toMatchObject({
      problem: { kind: 'not_your_report' },
    });
    await gym.manages('lee', 'sam');
    expect(await gym.verify(reviewId, 'seen', { by: 'dana' })).toMatchObject({
      problem: { kind: 'not_your_report' },
    });
    const open = (await gym.notes()).filter((one) => one.settled_at === null);
    expect(open.map((one) => one.receiver_id)).toEqual(['lee']);
    expect(await gym.verify(reviewId, 'seen', { by: 'lee' })).toMatchObject({ ok: true });
    expect(await gym.verify(reviewId, 'seen', { by: 'sam' })).toMatchObject({
      problem: { kind: 'not_your_report' },
    });
  });

  test('counts by the rep’s word alone where there is no manager', async () => {
    await gym.assign(items[0], '2026-03-03');
    await gym.manages(undefined, 'sam');
    await gym.dayIs('2026-03-03');
    expect(await gym.reflect((await firstOpen()).occurrenceId)).toMatchObject({
      value: { managerId: undefined },
    });
    expect(await gym.notes()).toEqual([]);
    expect((await firstOpen()).on > '2026-03-03').toBe(true);
  });

  test('one press that nothing was watched does not undo an answer', async () => {
    await gym.assign(items[0], '2026-03-03');
    await gym.dayIs('2026-03-03');
    await gym.reflect((await firstOpen()).occurrenceId);
    const reviewId = (await gym.reviews())[0]?.review_id ?? '';
    const press = { viewId: null };
    expect(await gym.verify(reviewId, null, press)).toMatchObject({ ok: true });
    expect(await gym.verify(reviewId, null, press)).toMatchObject({ ok: true });
    await gym.verify(reviewId, 'partly');
    expect(await gym.verify(reviewId, null, press)).toMatchObject({ problem: { kind: 'answered_already' } });
    expect((await gym.reviews())[0]?.verification).toBe('partly');
  });

  describe('in the end', () => {
    /** Looks back on the day of each open time, until there is none. */
    async function untilRetired(most = 20): Promise<string[]> {
      const days: string[] = [];
      for (let step = 0; step < most; step++) {
        const [next] = await gym.open();
        if (next === undefined) break;
        days.push(next.on);
        await gym.dayIs(next.on);
        await gym.reflect(next.occurrenceId, 'did_it');
        const reviewId = (await gym.reviews()).at(-1)?.review_id ?? '';
        await gym.verify(reviewId, 'seen');
      }
      return days;
    }

    test('it is retired after two in a row at sixty days, brought back by hand, and retired anew', async () => {
      await gym.assign(items[0], '2026-03-03');
      const days = await untilRetired();
      expect(await gym.open()).toEqual([]);
      const gaps = days
        .slice(1)
        .map((day, index) => (Date.parse(day) - Date.parse(days[index] ?? '')) / 86_400_000);
      // Sixty, or a working day later.
      expect(gaps.slice(-2).every((gap) => gap >= 60 && gap <= 63)).toBe(true);
      expect(gaps.slice(0, -2).every((gap) => gap < 60)).toBe(true);

      const [assignmentId = ''] = await assignmentIds();
      const back = await bringBackPractice(gym.context, workspaceId, { managerId: 'dana', assignmentId });
      expect(back).toMatchObject({ ok: true, value: { masteredAt: null } });
      expect(await gym.open()).toHaveLength(1);
      expect(await untilRetired()).toHaveLength(2);
      expect(await gym.open()).toEqual([]);
    });

    test('a later word of the manager takes back that it is mastered', async () => {
      await gym.assign(items[0], '2026-03-03');
      await untilRetired();
      await gym.verify((await gym.reviews()).at(-1)?.review_id ?? '', 'not_seen');
      expect(await gym.open()).toHaveLength(1);
    });

    test('it can be withdrawn and brought back, and only by who manages', async () => {
      await gym.assign(items[0], '2026-03-04');
      const [assignmentId = ''] = await assignmentIds();
      const ending = { managerId: 'dana', assignmentId };
      expect(
        await endPractice(gym.context, workspaceId, { ...ending, managerId: 'lee', as: 'withdrawn' }),
      ).toMatchObject({ problem: { kind: 'not_your_report' } });
      await endPractice(gym.context, workspaceId, { ...ending, as: 'withdrawn' });
      expect((await gym.times()).map((one) => [one.state, one.reason])).toEqual([
        ['excused', 'practice_ended'],
      ]);
      await bringBackPractice(gym.context, workspaceId, ending);
      expect((await gym.open()).map((one) => one.on)).toEqual(['2026-03-04']);
      await endPractice(gym.context, workspaceId, { ...ending, as: 'retired' });
      await gym.assign(items[0], '2026-03-05');
      expect(await bringBackPractice(gym.context, workspaceId, ending)).toMatchObject({
        problem: { kind: 'practising_already' },
      });
    });
  });

  test('waits while the rep takes no practice, and goes on after', async () => {
    await gym.assign(items[0], '2026-03-10');
    await gym.member('sam', { wave: 4 });
    await gym.dayIs('2026-03-18');
    expect(await gym.open()).toEqual([]);
    await gym.member('sam', { wave: 2 });
    await gym.dayIs('2026-03-25');
    await gym.dayIs('2026-04-01');
    expect(await gym.open()).toHaveLength(1);
  });

  test('over eight weeks and a fortnight away: two a week at most, one of each at a time, none while away', async () => {
    await gym.assign(items[0], '2026-03-03');
    await gym.assign(items[1], '2026-03-05');
    await gym.assign(items[2], '2026-03-10');
    const words = ['not_yet', 'partly', 'did_it'] as const;
    const seen = ['partly', null, 'seen', 'not_seen'] as const;
    let step = 0;
    for (let day = '2026-03-03'; day <= '2026-04-27'; day = addDays(day, 1)) {
      if (day === '2026-03-12') {
        await gym.isAway('sam', '2026-03-16', '2026-03-27');
      }
      await gym.dayIs(day);
      await gym.markAsked();
      for (const time of await gym.open()) {
        const away = day >= '2026-03-16' && day <= '2026-03-27';
        if (time.on > day || away) continue;
        step += 1;
        if (step % 5 === 0) continue;
        await gym.reflect(time.occurrenceId, words[step % 3]);
        if (step % 4 !== 0) {
          await gym.verify((await gym.reviews()).at(-1)?.review_id ?? '', seen[step % 4] ?? null);
        }
      }
      const open = await gym.open();
      expect(new Set(open.map((one) => one.assignmentId)).size).toBe(open.length);
    }
    const times = await gym.times();
    expect(times.length).toBeGreaterThan(9);
    const counted = times.filter(
      (one) => one.state !== 'excused' && isoWeek(one.on) !== isoWeek('2026-03-16'),
    );
    for (const [week, same] of Map.groupBy(counted, (one) => isoWeek(one.on))) {
      expect(same.length, `${week}: ${same.map((one) => one.on)}`).toBeLessThanOrEqual(2);
    }
  });
});
