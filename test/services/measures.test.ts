import { type Selectable, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DutyKind, dutyKinds } from '#domain/occurrence.ts';
import type { CheckInAnswer } from '#domain/retention.ts';
import { defaultSettings } from '#domain/settings.ts';
import { exportMeasure } from '#services/export-measures.ts';
import { measureDigest } from '#services/measure-digest.ts';
import type { Trx } from '#storage/database.ts';
import { saveDigest } from '#storage/digest.ts';
import { saveMember } from '#storage/members.ts';
import type { Tables } from '#storage/schema/index.ts';
import { unansweredSince } from '#storage/unanswered.ts';
import { upsertInstallation } from '#storage/workspaces.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { fill } from './measured-rows.ts';
import {
  berlinMidnight,
  managerOf,
  managers,
  member,
  now,
  reps,
  waveOf,
  workspaceId,
  zone,
} from './measured-team.ts';

const none = { done: 0, expired: 0, excused: 0, late: 0, open: 0 };

onBothDatabases('figures against a second calculation from the rows', (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await sql`truncate workspace cascade`.execute(database.owner);
    await upsertInstallation(database.owner, {
      workspaceId,
      teamId: workspaceId,
      enterpriseId: null,
      name: 'Figures',
      botUserId: 'U0BOT',
      installedAt: new Date(now),
    });
    await inside(async (trx) => {
      for (const id of managers) await saveMember(trx, workspaceId, member(id, 'manager', null));
      for (const id of reps) await saveMember(trx, workspaceId, member(id, 'rep', waveOf(id)));
    });
    await fill(database);
    // Whose weeks are counted in an export.
    await inside((trx) =>
      saveDigest(trx, workspaceId, { channel: null, zone, setBy: 'U0M1', setAt: new Date(now) }),
    );
  });
  afterAll(() => database.close());

  const inside = <T>(work: (trx: Trx) => Promise<T>) => database.inWorkspace(workspaceId, work);
  const all = async <T extends keyof Tables>(table: T): Promise<Selectable<Tables[T]>[]> => {
    const { rows } = await sql<Selectable<Tables[T]>>`select * from ${sql.table(table)}`.execute(
      database.owner,
    );
    return rows;
  };
  const figures = () => inside((trx) => measureDigest(trx, workspaceId, now, zone));
  const exported = (measure: string, since = '2026-02-02', until = '2026-03-08') =>
    inside((trx) => exportMeasure(trx, measure, { workspaceId, since, until, now }));

  async function lateIds(): Promise<Set<string>> {
    const late = new Set<string>();
    const logs = await all('one_on_one_log');
    const debriefs = (await all('debrief')).filter((one) => one.withdrawn_at === null);
    const checkIns = await all('check_in');
    const reports = await all('time_report');
    for (const one of [...logs, ...debriefs, ...checkIns, ...reports]) {
      if (one.late && one.occurrence_id !== null) late.add(one.occurrence_id);
    }
    for (const one of await all('practice_review')) if (one.late) late.add(one.occurrence_id);
    const closings = new Map((await all('commitment')).map((one) => [one.commitment_id, one.closed_at]));
    for (const one of await all('occurrence')) {
      const closedAt = closings.get(one.subject_id ?? '') ?? undefined;
      if (one.kind !== 'commitment' || closedAt === undefined || one.settled_at === null) continue;
      if (closedAt > one.settled_at) late.add(one.occurrence_id);
    }
    return late;
  }

  /** By duty: done, expired, excused, late, open of what fell due from one midnight in Berlin to another. */
  async function endingsBetween(from: string, until: string) {
    const late = await lateIds();
    const found = new Map<
      DutyKind,
      { done: number; expired: number; excused: number; late: number; open: number }
    >();
    for (const row of await all('occurrence')) {
      const due = row.due_at.getTime();
      if (due < berlinMidnight(from) || due >= berlinMidnight(until)) continue;
      const counts = found.get(row.kind) ?? { done: 0, expired: 0, excused: 0, late: 0, open: 0 };
      found.set(row.kind, counts);
      if (row.state === 'planned' || row.state === 'due') counts.open += due <= now ? 1 : 0;
      else counts[row.state] += 1;
      if (row.state === 'expired' && late.has(row.occurrence_id)) counts.late += 1;
    }
    return found;
  }

  test('adherence of the week and of the four before, by duty', async () => {
    const week = await endingsBetween('2026-03-02', '2026-03-09');
    const before = await endingsBetween('2026-02-02', '2026-03-02');
    const { duties } = await figures();
    expect(duties.map(({ duty }) => duty)).toEqual([...dutyKinds]);
    for (const { duty, week: counted, open: stillOpen, before: earlier } of duties) {
      expect({ ...counted, open: stillOpen }).toEqual(week.get(duty) ?? none);
      const { open: _, ...ended } = before.get(duty) ?? none;
      expect(earlier).toEqual(ended);
    }
    // The chance that made the rows has made some of each.
    const sum = (key: 'late' | 'open' | 'excused') => [...week.values()].reduce((n, one) => n + one[key], 0);
    expect([sum('late'), sum('open'), sum('excused')].every((count) => count > 0)).toBe(true);
    for (const duty of dutyKinds) {
      expect((week.get(duty)?.late ?? 0) + (before.get(duty)?.late ?? 0), duty).toBeGreaterThan(0);
    }
  });

  test('exported week by week, with a rate where there is one to have', async () => {
    const rows = await exported('adherence', '2026-03-04', '2026-03-04');
    const week = await endingsBetween('2026-03-02', '2026-03-09');
    expect(rows).toEqual(
      dutyKinds.flatMap((duty) => {
        const counts = week.get(duty);
        if (counts === undefined) return [];
        const { done, expired, open: stillOpen } = counts;
        const whole = done + expired;
        const rate = stillOpen > 0 || whole < 5 ? null : Math.round((done / whole) * 10_000) / 10_000;
        return [{ week: '2026-03-02', duty, ...counts, rate }];
      }),
    );
    const weeks = new Set((await exported('adherence')).map((row) => row['week']));
    expect([...weeks]).toEqual(['2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23', '2026-03-02']);
  });

  test('observed calls of the month, wave by wave, the fourth apart', async () => {
    const due = new Set<string>();
    for (const row of await all('occurrence')) {
      if (row.kind === 'observed_call' && row.period === '2026-03' && row.state !== 'excused')
        due.add(row.about_id);
    }
    const seen = new Set<string>();
    for (const row of await all('debrief')) {
      if (row.followed === 'live' && row.withdrawn_at === null && row.held_on.slice(0, 7) === '2026-03') {
        seen.add(row.rep_id);
      }
    }
    const count = (inWave: (wave: number | null) => boolean) => {
      const whole = [...due].filter((rep) => inWave(waveOf(rep)));
      return [whole.filter((rep) => seen.has(rep)).length, whole.length];
    };
    const { calls } = await figures();
    const { total, apart, waves: byWave } = calls.coverage;
    expect([calls.month, calls.over]).toEqual(['2026-03', false]);
    expect([total.part, total.whole]).toEqual(count((wave) => wave !== 4));
    expect(total.rate).toBe(total.part / total.whole);
    expect([apart.part, apart.whole]).toEqual(count((wave) => wave === 4));
    for (const [wave, share] of byWave)
      expect([share.part, share.whole]).toEqual(count((one) => one === wave));
    expect(total.part).toBeGreaterThan(0);
    expect(total.whole).toBeGreaterThan(total.part);

    const rows = await exported('observed-calls', '2026-03-01', '2026-03-31');
    expect(rows[0]).toMatchObject({
      month: '2026-03',
      wave: 'total',
      observed: total.part,
      reps: total.whole,
    });
    expect(rows.at(-1)).toMatchObject({ wave: '4 apart', observed: apart.part, reps: apart.whole });
  });

  test('certification of those enrolled and of all who are there, the fourth wave apart', async () => {
    const valid = new Set<string>();
    for (const row of await all('certification')) {
      if (row.withdrawn_at === null && row.valid_until !== null && row.valid_until >= '2026-03-10')
        valid.add(row.rep_id);
    }
    const enrolled = new Set((await all('enrolment')).map((one) => one.rep_id));
    const there = new Set(
      (await all('member')).filter((one) => one.status === 'active').map((one) => one.user_id),
    );
    const count = (among: string[], apart: boolean) => {
      const whole = among.filter((rep) => (waveOf(rep) === 4) === apart);
      return [whole.filter((rep) => valid.has(rep)).length, whole.length];
    };
    const { coverage, target } = (await figures()).certification;
    const { ofEnrolled, ofEligible } = coverage;
    const selling = reps.filter((rep) => there.has(rep));
    const inTraining = selling.filter((rep) => enrolled.has(rep));
    expect([ofEnrolled.total.part, ofEnrolled.total.whole]).toEqual(count(inTraining, false));
    expect([ofEnrolled.apart.part, ofEnrolled.apart.whole]).toEqual(count(inTraining, true));
    expect([ofEligible.total.part, ofEligible.total.whole]).toEqual(count(selling, false));
    expect([ofEligible.apart.part, ofEligible.apart.whole]).toEqual(count(selling, true));
    expect(ofEligible.total.rate).toBe(ofEligible.total.part / ofEligible.total.whole);
    expect(target).toBe(0.8);
    expect(ofEligible.total.part).toBeGreaterThan(0);
    expect(selling).not.toEqual(inTraining);

    const rows = await exported('certification', '2026-03-09', '2026-03-10');
    expect(rows[0]).toMatchObject({
      week: '2026-03-09',
      of: 'enrolled',
      wave: 'total',
      reps: ofEnrolled.total.whole,
    });
    expect(rows.filter(({ of }) => of === 'eligible').at(-1)).toMatchObject({
      wave: '4 apart',
      certified: ofEligible.apart.part,
      reps: ofEligible.apart.whole,
    });
  });

  test('retention at every check-in day, by the manager, of what was shown on day 0', async () => {
    const shown = new Set<string>();
    for (const row of await all('day_zero')) {
      if (row.shown) shown.add(`${row.programme_id} ${row.rep_id} ${row.pillar}`);
    }
    const enrolments = new Map((await all('enrolment')).map((one) => [one.enrolment_id, one]));
    const programmes = new Map((await all('programme')).map((one) => [one.programme_id, one]));
    const answered = await all('check_in');
    const delivered = new Set<string>();
    const receivers = new Map((await all('delivery')).map((one) => [one.delivery_id, one]));
    for (const link of await all('delivery_occurrence')) {
      const { receiver_id = null, state } = receivers.get(link.delivery_id) ?? {};
      if (state === 'delivered' && managers.includes(receiver_id ?? '')) delivered.add(link.occurrence_id);
    }
    const occurrences = (await all('occurrence')).filter(({ kind }) => kind === 'check_in');
    const rank: (CheckInAnswer | null)[] = [
      'unasked',
      'reminded',
      'not_seen',
      'no_chance',
      'not_watched',
      null,
    ];

    for (const { day: atDay, overall } of (await figures()).retention) {
      const best = new Map<string, number>();
      for (const [enrolmentId, enrolment] of enrolments) {
        const answer = answered.find(
          (one) => one.enrolment_id === enrolmentId && one.day === atDay && one.side === 'manager',
        );
        const asked = occurrences.some(
          (one) =>
            one.subject_id === enrolmentId &&
            one.period === `D${atDay}` &&
            one.state !== 'excused' &&
            delivered.has(one.occurrence_id),
        );
        if (answer === undefined && !asked) continue;
        for (const pillar of programmes.get(enrolment.programme_id)?.pillars ?? []) {
          if (!shown.has(`${enrolment.programme_id} ${enrolment.rep_id} ${pillar}`)) continue;
          const place = rank.indexOf(answer?.answers[pillar] ?? null);
          best.set(enrolment.rep_id, Math.min(place, best.get(enrolment.rep_id) ?? rank.length));
        }
      }
      const count = (...answers: (CheckInAnswer | null)[]) =>
        [...best.values()].filter((place) => answers.includes(rank[place] ?? null)).length;
      expect({
        n: overall.n,
        seen: overall.seen.part,
        unprompted: overall.unprompted.part,
        noChance: overall.noChance,
        notWatched: overall.notWatched,
        unanswered: overall.unanswered,
      }).toEqual({
        n: count('unasked', 'reminded', 'not_seen'),
        seen: count('unasked', 'reminded'),
        unprompted: count('unasked'),
        noChance: count('no_chance'),
        notWatched: count('not_watched'),
        unanswered: count(null),
      });
      expect(overall.seen.rate).toBe(overall.n < 5 ? undefined : overall.seen.part / overall.n);
    }
    const { retention } = await figures();
    expect(retention.some(({ overall }) => overall.n >= 5)).toBe(true);
    expect(retention.some(({ overall }) => overall.unanswered > 0)).toBe(true);

    const rows = await exported('retention', '2000-01-01', '2026-12-31');
    expect(
      rows.filter(({ pillar }) => pillar === 'all').map(({ day: atDay, n, seen }) => [atDay, n, seen]),
    ).toEqual(retention.map(({ day: atDay, overall }) => [atDay, overall.n, overall.seen.part]));
    // No training was held in these days.
    const none = await exported('retention', '2026-03-03', '2026-03-03');
    expect(none.every(({ n, unanswered }) => n === 0 && unanswered === 0)).toBe(true);
  });

  test('the average mix of managers who told at least two of four weeks, and its gap', async () => {
    const fields = ['innovating', 'coaching', 'selling', 'allocation'] as const;
    const byManager = new Map<string, number[][]>();
    for (const row of await all('time_report')) {
      if (row.week < '2026-02-09' || row.week > '2026-03-02') continue;
      const whole = fields.reduce((sum, field) => sum + row[field], 0);
      if (whole === 0) continue;
      byManager.set(row.manager_id, [
        ...(byManager.get(row.manager_id) ?? []),
        fields.map((field) => row[field] / whole),
      ]);
    }
    const averages = [...byManager.values()]
      .filter((weeks) => weeks.length >= 2)
      .map((weeks) =>
        fields.map((_, at) => weeks.reduce((sum, week) => sum + (week[at] ?? 0), 0) / weeks.length),
      );
    const { mix } = await figures();
    expect(mix.average.n).toBe(averages.length);
    expect(averages.length).toBeGreaterThanOrEqual(5);
    for (const [at, field] of fields.entries()) {
      const mean = averages.reduce((sum, one) => sum + (one[at] ?? 0), 0) / averages.length;
      expect(mix.average.mix?.[field]).toBeCloseTo(mean, 9);
      expect(mix.gap?.[field]).toBeCloseTo(mean - defaultSettings.referenceMix[field] / 100, 6);
    }
    const [row] = await exported('time-mix', '2026-03-02', '2026-03-08');
    expect(row).toMatchObject({ week: '2026-03-02', managers: averages.length, reference_coaching: 0.28 });
    // With fewer than five there is a count and no average.
    const [early] = await exported('time-mix', '2026-01-12', '2026-01-12');
    expect(early).toMatchObject({ managers: 0, coaching: null, gap_coaching: null });
  });

  test('commitments of a week: due, closed, and verified by somebody who saw or heard it', async () => {
    const due = (await all('commitment')).filter(
      (one) => one.by_date >= '2026-03-02' && one.by_date <= '2026-03-08' && one.state !== 'replaced',
    );
    const closed = due.filter(({ outcome }) => outcome !== null);
    const verified = closed.filter(({ evidence }) => evidence !== 'told');
    const applied = closed.filter(({ outcome }) => outcome === 'unasked' || outcome === 'reminded');
    expect(due.length).toBeGreaterThan(closed.length);
    expect(await exported('commitments', '2026-03-02', '2026-03-08')).toEqual([
      {
        week: '2026-03-02',
        due: due.length,
        closed: closed.length,
        verified: verified.length,
        applied: applied.length,
        verified_rate: due.length < 5 ? null : Math.round((verified.length / due.length) * 10_000) / 10_000,
      },
    ]);
  });

  test('who let something close without an answer, how often and what, the rep of a check-in first', async () => {
    const since = berlinMidnight('2026-01-12');
    // Some reps had answered in time, and their manager had not.
    await database.owner.updateTable('check_in').set({ late: false }).where('side', '=', 'rep').execute();
    const late = await lateIds();
    const repAnswered = new Set(
      (await all('check_in')).filter(({ side }) => side === 'rep').map((one) => one.occurrence_id),
    );
    const fromThen = new Date(since);
    const line = (rep: string) => ({ workspace_id: workspaceId, rep_id: rep, manager_id: managerOf(rep) });
    await database.owner
      .insertInto('reporting')
      .values(reps.map((rep) => ({ ...line(rep), since: fromThen, until: null })))
      .execute();
    const expected = new Map<string, Partial<Record<DutyKind, number>>>();
    for (const one of await all('occurrence')) {
      if (one.state !== 'expired' || one.due_at.getTime() < since || late.has(one.occurrence_id)) continue;
      const ofManager = one.kind === 'check_in' && repAnswered.has(one.occurrence_id);
      const person = ofManager ? managerOf(one.about_id) : one.asked_id;
      // Of those who have left nobody expects an answer.
      if (person === 'U0R3') continue;
      const counts = expected.get(person) ?? {};
      expected.set(person, { ...counts, [one.kind]: (counts[one.kind] ?? 0) + 1 });
    }
    const total = (counts: object): number => Object.values(counts).reduce((sum, one) => sum + one, 0);
    const found = await inside((trx) => unansweredSince(trx, workspaceId, new Date(since), 2));
    const withCheckIns = found.filter(({ counts }) => counts.check_in !== undefined);
    expect(withCheckIns.some(({ personId }) => reps.includes(personId))).toBe(true);
    expect(withCheckIns.some(({ personId }) => managers.includes(personId))).toBe(true);
    expect(Object.fromEntries(found.map(({ personId, counts }) => [personId, counts]))).toEqual(
      Object.fromEntries([...expected].filter(([, counts]) => total(counts) >= 2)),
    );
    const totals = found.map(({ counts }) => total(counts));
    expect(totals).toEqual(totals.toSorted((one, other) => other - one));
  });

  describe('of another workspace', () => {
    test('nothing is counted', async () => {
      const other = await database.inWorkspace('T0OTHER', (trx) => measureDigest(trx, 'T0OTHER', now, zone));
      expect([other.duties, other.mix.average.n, other.calls.coverage.total.whole]).toEqual([[], 0, 0]);
    });
  });
});
