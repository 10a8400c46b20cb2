import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DutyKind } from '#domain/occurrence.ts';
import { addDays, daysBetween, weekdayOf } from '#domain/time/civil.ts';
import { toInstant, toLocal } from '#domain/time/zone.ts';
import { setSlots } from '#services/set-slot.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { fillLog, openLog } from './logging.ts';
import { shareOnce } from './observing.ts';
import { give, lookBack as reflect } from './practising.ts';
import { fillIn, openTime } from './reporting-time.ts';
import { lookBack, makeProgramme, openProgramme } from './training.ts';

/**
 * Three teams in three zones, for eight weeks, with everything that is asked of them; some of it they do. What
 * the digest then says is compared with what the test has seen them do, and with the rows themselves.
 */

const managers = [
  { name: 'Nora Quist', zone: 'America/New_York' },
  { name: 'Bastian Roth', zone: 'Europe/Berlin' },
  { name: 'Taro Mori', zone: 'Asia/Tokyo' },
];
const firstNames = ['Abe', 'Bea', 'Cal', 'Dov', 'Eve', 'Fay', 'Gil', 'Hal', 'Ida', 'Jon', 'Kay', 'Lou'];
const reps = firstNames.map((first, number) => {
  const manager = managers[number % managers.length] ?? { name: '', zone: '' };
  return { name: `${first} Rep${number}`, number, manager: manager.name, zone: manager.zone };
});
const lead = { name: 'Priya Lead', zone: 'Europe/Berlin' };
const team = [
  { ...lead, role: 'enablement' },
  ...managers.map((one) => ({ ...one, role: 'manager' })),
  ...reps.map(({ name, zone, manager }) => ({ name, zone, role: 'rep', manager })),
];

/** A Monday. */
const begin = '2026-03-02';
const weeks = 8;
const days = Array.from({ length: weeks * 7 }, (_, day) => addDays(begin, day));
const session = '2026-03-03';
const checkInDays = [2, 7, 14, 30];
const practised = 'A number before a feature';

const weekOfDay = (date: string): number => Math.floor(daysBetween(begin, date) / 7);
/** Rep n meets their manager on Monday to Thursday at ten. */
const slotOf = (number: number): number => (Math.floor(number / managers.length) % 4) + 1;

/** What people do and leave undone, by number and date. */
const logs = (rep: number, week: number): boolean => (rep + week) % 4 !== 0;
const reports = (manager: number, week: number): boolean => (manager + week) % 3 !== 2;
const answersCheckIn = (rep: number, day: number): boolean => (rep + day) % 5 !== 0;
const watched = (rep: number, day: number): 'Unasked' | 'When reminded' | 'Not seen' | undefined =>
  (['Unasked', 'When reminded', 'Not seen', undefined] as const)[(rep + day) % 4];
const observes = (rep: number, month: string): boolean =>
  month === '2026-03' ? rep % 3 !== 0 : rep % 2 === 0;

describe('eight weeks of three teams', () => {
  let world: World;
  /** What was done, as the people of this test remember it. */
  const done: { kind: DutyKind; week: number }[] = [];

  beforeAll(async () => {
    world = await startWorld({
      database: 'postgres',
      // Sunday, so that no zone has begun its Monday.
      now: `${addDays(begin, -1)}T12:00:00Z`,
      team,
      channels: [{ id: 'C0COACHING', name: 'coaching' }],
    });
    const { context, workspaceId } = world.application;
    for (const { name } of managers) {
      const wishes = reps
        .filter(({ manager }) => manager === name)
        .map((rep) => ({
          repId: userId(rep.name),
          change: { slot: { weekday: slotOf(rep.number), time: '10:00', rhythm: '1' as const }, pause: null },
        }));
      expect(await setSlots(context, workspaceId, userId(name), wishes)).toMatchObject({ ok: true });
    }
    await live();
  }, 600_000);
  afterAll(() => world.close());

  const person = (name: string): Person => world.person(name);

  async function live(): Promise<void> {
    await prepare();
    const lived = days.flatMap((date) =>
      managers.flatMap(({ zone }) => [
        // Everybody has had their card by then, and their 1:1 of the morning.
        { at: toInstant({ date, time: '13:00' }, zone), act: () => noon(date, zone) },
        ...(weekdayOf(date) === 5
          ? [{ at: toInstant({ date, time: '15:30' }, zone), act: () => friday(date, zone) }]
          : []),
      ]),
    );
    for (const { at, act } of lived.toSorted((one, other) => one.at - other.at)) {
      await world.travelTo(new Date(at).toISOString());
      await act();
    }
    await world.travelTo(
      new Date(toInstant({ date: addDays(begin, weeks * 7 + 1), time: '10:00' }, lead.zone)).toISOString(),
    );
  }

  /** Before anybody is asked anything: a programme, its channel, something to practise. */
  async function prepare(): Promise<void> {
    await makeProgramme(person(lead.name), { sessionOn: session, reps: reps.map(({ name }) => name) });
    await person(lead.name).run('/coach digest');
    const digest = await person(lead.name).untilModal((modal) => modal.labels.includes('Channel'));
    await digest.choose('Channel', 'coaching');
    await digest.submit();
    await person(lead.name).modal().close({ all: true });
  }

  async function noon(date: string, zone: string): Promise<void> {
    const here = managers.findIndex((one) => one.zone === zone);
    const manager = person(managers[here]?.name ?? '');
    const own = reps.filter((one) => one.zone === zone);
    const week = weekOfDay(date);
    if (date === addDays(session, 1))
      await recordDayZero(
        manager,
        own.map(({ name }) => name),
      );
    for (const rep of own) {
      if (weekdayOf(date) === slotOf(rep.number) && logs(rep.number, week)) {
        await logOneOnOne(manager, rep.name);
        done.push({ kind: 'one_on_one', week });
      }
      for (const month of ['2026-03', '2026-04']) {
        if (date === `${month}-14` || date !== `${month}-09` || !observes(rep.number, month)) continue;
        await shareOnce(manager, rep.name);
        done.push({ kind: 'observed_call', week: month === '2026-03' ? 0 : 4 });
      }
      for (const day of checkInDays) await checkIn(rep, day, date);
      if (rep.number % 2 === 0) await practise(manager, rep, date);
    }
    for (const day of checkInDays.slice(1)) await managersCheckIn(manager, own, day, date);
  }

  async function recordDayZero(manager: Person, names: string[]): Promise<void> {
    await (await openProgramme(manager)).press('Day 0');
    const zero = await manager.untilModal((modal) => modal.title === 'Day 0');
    for (const name of names) await zero.choose(name, 'Teach');
    await zero.submit();
    await manager.modal().close({ all: true });
  }

  /** Every second rep has one thing to practise, and looks back on it whenever asked. */
  async function practise(manager: Person, rep: (typeof reps)[number], date: string): Promise<void> {
    if (date === addDays(session, 2)) await give(manager, rep.name, `${practised} (Business case)`);
    const [card] = person(rep.name).dm().slice(-1);
    if (card?.buttons.includes('Done, look back') !== true) return;
    await reflect(person(rep.name), practised, 'Did it');
    done.push({ kind: 'practice', week: weekOfDay(date) });
  }

  async function checkIn(rep: (typeof reps)[number], day: number, date: string): Promise<void> {
    const due = addDays(session, day);
    if (date !== workingDayFrom(due) || !answersCheckIn(rep.number, day)) return;
    await lookBack(person(rep.name), 'Did it unasked');
    // Day 2 is the rep's alone; the others need the manager too.
    if (day === 2) done.push({ kind: 'check_in', week: weekOfDay(due) });
  }

  async function managersCheckIn(
    manager: Person,
    own: typeof reps,
    day: number,
    date: string,
  ): Promise<void> {
    const due = addDays(session, day);
    if (date !== workingDayFrom(addDays(workingDayFrom(due), 1))) return;
    const card = manager.dm().findLast(({ buttons }) => buttons.includes('Look back'));
    await card?.press('Look back');
    const modal = await manager.untilModal();
    for (const rep of own) {
      const answer = watched(rep.number, day);
      if (answer !== undefined) await modal.choose(`${rep.name}: Teach`, `Teach: ${answer.toLowerCase()}`);
      if (answersCheckIn(rep.number, day)) done.push({ kind: 'check_in', week: weekOfDay(due) });
    }
    expect(await modal.submit()).toMatchObject({ closed: true });
  }

  async function friday(date: string, zone: string): Promise<void> {
    const number = managers.findIndex((one) => one.zone === zone);
    if (!reports(number, weekOfDay(date))) return;
    const manager = person(managers[number]?.name ?? '');
    const modal = await openTime(manager);
    await modal.choose('Hours or percent?', 'Percent');
    await fillIn(modal, '30', '20', '20', '10', '20');
    expect(await modal.submit()).toMatchObject({ status: 'updated' });
    await manager.modal().close();
    done.push({ kind: 'time_report', week: weekOfDay(date) });
  }

  interface Row {
    kind: DutyKind;
    state: string;
    due: string;
  }

  /** Every occurrence there is, with the date on which it fell due where the digest is read. */
  async function rows(): Promise<Row[]> {
    const all = await world.database.inWorkspace('T0WORLD', (trx) =>
      trx.selectFrom('occurrence').select(['kind', 'state', 'due_at']).execute(),
    );
    return all.map(({ kind, state, due_at }) => ({
      kind,
      state,
      due: toLocal(due_at.getTime(), lead.zone).date,
    }));
  }

  const inWeeks = (all: Row[], kind: DutyKind, from: number, until: number): Row[] =>
    all.filter((one) => one.kind === kind && weekOfDay(one.due) >= from && weekOfDay(one.due) <= until);
  const count = (some: Row[], ...states: string[]): number =>
    some.filter((one) => states.includes(one.state)).length;

  test('everything that fell due has ended in one way, and what was done is what people did', async () => {
    const all = await rows();
    for (const kind of ['one_on_one', 'time_report', 'check_in'] as const) {
      for (let week = 0; week < weeks - 2; week += 1) {
        const due = inWeeks(all, kind, week, week);
        expect(count(due, 'planned', 'due'), `${kind} open in week ${week}`).toBe(0);
        expect(count(due, 'done'), `${kind} done in week ${week}`).toBe(
          done.filter((one) => one.kind === kind && one.week === week).length,
        );
      }
    }
    expect(count(inWeeks(all, 'one_on_one', 0, 0))).toBe(0);
    expect(inWeeks(all, 'one_on_one', 1, 1)).toHaveLength(reps.length);
    expect(inWeeks(all, 'time_report', 1, 1)).toHaveLength(managers.length);
    expect(count(inWeeks(all, 'practice', 0, weeks), 'done')).toBe(
      done.filter(({ kind }) => kind === 'practice').length,
    );
    expect(inWeeks(all, 'observed_call', 0, 4).filter(({ state }) => state === 'done')).toHaveLength(
      done.filter(({ kind }) => kind === 'observed_call').length,
    );
  });

  test('the digest says what the rows say', async () => {
    const posts = person(lead.name).channel('coaching');
    expect(posts).toHaveLength(weeks + 1);
    const last = posts.at(-1);
    const table = last?.shown.blocks.find(({ type }) => type === 'table') as unknown as {
      rows: { text: string }[][];
    };
    const shown = table.rows.slice(1).map((cells) => cells.map(({ text }) => text));
    const all = await rows();
    const names: [DutyKind, string][] = [
      ['one_on_one', '1:1s'],
      ['time_report', 'Time reports'],
    ];
    for (const [kind, name] of names) {
      const row = shown.find(([first]) => first === name);
      const week = inWeeks(all, kind, weeks - 1, weeks - 1);
      const before = inWeeks(all, kind, weeks - 5, weeks - 2);
      const of = (some: Row[]): string => `${count(some, 'done')} of ${count(some, 'done', 'expired')}`;
      expect(row?.[1], `${name} in ${JSON.stringify(row)}`).toContain(`${count(week, 'done')} of`);
      expect(row?.[3]).toContain(of(before));
      const rate = Math.round((100 * count(before, 'done')) / count(before, 'done', 'expired'));
      expect(row?.[3]).toContain(`${rate} %`);
      expect(row?.[5]).toBe(String(count(week, 'excused')));
    }
    const words = last?.texts.join('\n') ?? '';
    for (const day of [7, 14, 30]) expect(words).toContain(retentionOf(day));
    const observed = reps.filter(({ number }) => observes(number, '2026-04')).length;
    expect(words).toContain(`${observed} of ${reps.length}`);
    // Three managers are too few for an average without names, and nobody is named.
    expect(words).toContain('too few reports to show an average without names');
    for (const { name } of [...managers, ...reps]) expect(words).not.toContain(name.split(' ')[1]);
  });

  /** By hand: of those watched who had a chance, all of whom had shown it on day 0. */
  function retentionOf(day: number): string {
    const answers = reps.map(({ number }) => watched(number, day));
    const watchedReps = answers.filter((one) => one !== undefined);
    const seen = watchedReps.filter((one) => one === 'Unasked' || one === 'When reminded').length;
    return `seen ${seen} of ${watchedReps.length}`;
  }

  test('nobody got more messages than the budget allows', async () => {
    const sent = await world.database.inWorkspace('T0WORLD', (trx) =>
      trx
        .selectFrom('delivery')
        .select(['receiver_id', 'sent_on', 'kind'])
        .where('state', '=', 'delivered')
        .where('sent_on', 'is not', null)
        .execute(),
    );
    const isManager = (id: string | null): boolean => managers.some(({ name }) => userId(name) === id);
    const perDay = Map.groupBy(sent, (one) => `${one.receiver_id} ${one.sent_on}`);
    for (const [day, some] of perDay) {
      expect(some.length, day).toBeLessThanOrEqual(isManager(some[0]?.receiver_id ?? null) ? 2 : 1);
      expect(some.filter(({ kind }) => kind === 'card').length, day).toBeLessThanOrEqual(1);
    }
    const perWeek = Map.groupBy(sent, (one) => `${one.receiver_id} ${weekOfDay(one.sent_on ?? begin)}`);
    for (const [week, some] of perWeek) {
      expect(some.length, week).toBeLessThanOrEqual(isManager(some[0]?.receiver_id ?? null) ? 10 : 4);
    }
    expect(perWeek.size).toBeGreaterThan(weeks * managers.length);
    // As Slack counts them: what the ledger says went out stands there, once.
    const inSlack = [...managers, ...reps].reduce((sum, { name }) => sum + person(name).dm().length, 0);
    const toThem = sent.filter(({ receiver_id }) => receiver_id !== userId(lead.name)).length;
    expect(inSlack).toBe(toThem);
  });
});

function workingDayFrom(date: string): string {
  const weekday = weekdayOf(date);
  return weekday <= 5 ? date : addDays(date, 8 - weekday);
}

/** With what became of last time's, from the second on. */
async function logOneOnOne(manager: Person, rep: string): Promise<void> {
  const modal = await fillLog(await openLog(manager, rep));
  if (modal.labels.includes('What happened?')) {
    await modal.choose('What happened?', 'Did it unasked');
    await modal.choose('How do you know?', 'Saw it');
  }
  expect(await modal.submit()).toMatchObject({ closed: true, errors: {} });
}
