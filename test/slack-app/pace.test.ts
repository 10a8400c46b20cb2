import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { turns, usualPace } from '#slack/pace.ts';
import type { Person } from '#test/person.ts';
import { startWorld, type World } from '#test/world.ts';
import { fillLog, logsAbout, openLog, specific } from '../features/logging.ts';

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

/** How it is in this moment of the test. */
const plenty = { atOnce: 100, aMinute: 60_000_000 };
const pace = { ...plenty };
const noMore = () => Object.assign(pace, { atOnce: 0, aMinute: 0 });
const again = () => Object.assign(pace, plenty);

let world: World;
let dana: Person;
beforeAll(async () => {
  world = await startWorld({ database: 'embedded', now: '2026-03-02T14:00:00Z', team, pace });
  dana = world.person('Dana');
  await world.travelTo('2026-03-05T21:30:00Z');
});
beforeEach(again);
afterAll(() => world.close());

const moment = /^A moment, please/;

describe('whoever asks more often than a person can', () => {
  test('is not served by a command, and everybody else is', async () => {
    Object.assign(pace, { atOnce: 3, aMinute: 0 });
    const told: string[] = [];
    for (let time = 0; time < 5; time += 1) {
      await dana.run('/coach help');
      told.push(dana.ephemeral().at(-1)?.text ?? '');
    }
    expect(told.map((text) => moment.test(text))).toEqual([false, false, false, true, true]);
    const sam = world.person('Sam');
    await sam.run('/coach help');
    expect(sam.ephemeral().at(-1)?.text).not.toMatch(moment);
  });

  test('is told in a modal where a press there is too much', async () => {
    const log = await openLog(dana, 'Sam');
    noMore();
    await log.press('More');
    const words = await dana.untilModal((modal) => modal.texts.some((text) => moment.test(text)));
    await words.close();
    expect(dana.modal().title).toBe('1:1 with Sam');
    await dana.modal().close();
  });

  test('has nothing done by a press on a card, and is told so, but not each time', async () => {
    noMore();
    const before = dana.ephemeral().length;
    world.slack.calls.clear();
    for (let time = 0; time < 6; time += 1) await dana.dm().at(-1)?.press('Log 1:1');
    await world.slack.settled();
    const told = dana.ephemeral().slice(before);
    expect(told.filter(({ text }) => !moment.test(text))).toEqual([]);
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(6);
    expect(world.slack.calls.list().filter(({ method }) => method.startsWith('views.'))).toEqual([]);
    again();
    await dana.dm().at(-1)?.press('Log 1:1');
    await (await dana.untilModal()).close();
  });

  test('loses nothing of a form, which is saved when it is sent again', async () => {
    const log = await fillLog(await openLog(dana, 'Sam'));
    noMore();
    const sent = await log.submit();
    expect(sent).toMatchObject({ status: 'errors' });
    expect(Object.values(sent.errors)).toEqual([expect.stringMatching(moment)]);
    expect(JSON.stringify(log.shown.values)).toContain(specific);
    expect(await logsAbout(world, 'Sam')).toEqual([]);
    again();
    expect(await log.submit()).toMatchObject({ closed: true });
    expect(await logsAbout(world, 'Sam')).toHaveLength(1);
  });

  test('gets Home all the same, which Slack asks for and not they', async () => {
    noMore();
    dana.openHome();
    await dana.untilHome();
  });
});

describe('the pace', () => {
  let now = 0;
  const asking = (turnOf: ReturnType<typeof turns>, person: string, times: number) =>
    Array.from({ length: times }, () => turnOf(person));

  test('is sixty at once, and one more each second', () => {
    const turnOf = turns(usualPace, () => now);
    expect(asking(turnOf, 'T1 U1', 62).indexOf(false)).toBe(60);
    now += 1_000;
    expect(asking(turnOf, 'T1 U1', 2)).toEqual([true, false]);
    now += 3_600_000;
    expect(asking(turnOf, 'T1 U1', 62).indexOf(false)).toBe(60);
    expect(turnOf('T2 U1')).toBe(true);
  });

  test('is remembered of as many people as there is room for', () => {
    const turnOf = turns({ atOnce: 1, aMinute: 0 }, () => now);
    expect(asking(turnOf, 'first', 2)).toEqual([true, false]);
    for (let other = 0; other < 20_000; other += 1) turnOf(`other ${other}`);
    expect(turnOf('first')).toBe(true);
  });
});
