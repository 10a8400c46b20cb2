import { afterEach, expect, test } from 'vitest';
import { requestWatch } from '#services/request-watch.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { refusals } from './inert.ts';
import { debriefsAbout, fillDebrief, observationsAbout, openObserve } from './observing.ts';

let world: World;
afterEach(() => world.close());

const textsOf = (person: Person): string =>
  person
    .dm()
    .flatMap(({ texts }) => texts)
    .join('\n');

async function goAway(person: Person, first: string, last: string, standIn: string): Promise<void> {
  await person.run(`/coach away ${first} ${last}`);
  const modal = await person.untilModal((one) => one.title === 'Away');
  await modal.choose('Who stands in for you', standIn);
  const submitted = await modal.submit();
  if (!submitted.closed) throw new Error(`not saved: ${JSON.stringify(submitted)}`);
}

test('whoever stands in is asked, writes, and is answered; afterwards it is theirs no more', async () => {
  const newYork = 'America/New_York';
  world = await startWorld({
    now: '2026-02-26T15:00:00Z',
    team: [
      { name: 'Dana', zone: newYork, role: 'manager' },
      { name: 'Lee', zone: newYork, role: 'manager' },
      { name: 'Sam', zone: newYork, role: 'rep', manager: 'Dana' },
      { name: 'Max', zone: newYork, role: 'rep', manager: 'Lee' },
    ],
  });
  const [dana, lee, sam] = [world.person('Dana'), world.person('Lee'), world.person('Sam')];
  await lee.run('/coach observe @Sam');
  expect(lee.ephemeral().at(-1)?.text).toContain('Sam does not report to you');
  await goAway(dana, '2026-02-27', '2026-03-06', 'Lee');
  await world.travelTo('2026-03-02T15:00:00Z');
  expect(textsOf(lee)).toContain('for Dana, who is away');
  expect(await (await fillDebrief(await openObserve(lee, 'Sam'))).submit()).toMatchObject({ closed: true });
  expect(await debriefsAbout(world, 'Sam')).toMatchObject([{ observer_id: userId('Lee') }]);
  expect(await observationsAbout(world, 'Sam')).toMatchObject([{ state: 'done' }]);
  await world.travelTo('2026-03-03T15:00:00Z');
  expect(textsOf(sam)).toContain('Lee listened to your call');
  await world.travelTo('2026-03-10T15:00:00Z');
  await lee.run('/coach observe @Sam');
  expect(lee.ephemeral().at(-1)?.text).toContain('Sam does not report to you');
});

const hostileName = (index: number): string =>
  [
    `<!channel> Eve ${index}`,
    `*Bold* \`Code\` ${index}`,
    `Ed ${index} ${'Жоржетта-'.repeat(12)}`,
    `שרה Rep ${index}`,
    `Em ${index} ${'🧑🏽‍🚀'.repeat(20)}`,
  ][index % 5] ?? '';

test.each([0, 1, 8, 60])('a team of %d fits on card and Home, with a request from each', async (size) => {
  const names = Array.from({ length: size }, (_, index) => hostileName(index));
  world = await startWorld({
    database: 'postgres',
    now: '2026-02-27T20:00:00Z',
    team: [
      { name: 'Dana', zone: 'America/New_York', role: 'manager' },
      ...names.map((name) => ({ name, zone: 'America/Chicago', role: 'rep', manager: 'Dana' })),
    ],
  });
  const { context } = world.application;
  for (const name of names) {
    const one = { repId: userId(name), account: name, callOn: '2026-03-02', lookFor: name };
    expect(await requestWatch(context, 'T0WORLD', one)).toMatchObject({ ok: true });
  }
  await world.travelTo('2026-03-02T15:00:00Z');
  const dana = world.person('Dana');
  if (size > 0) {
    await dana.run(`/coach observe <@${userId(names[0] ?? '')}|somebody>`);
    const form = await fillDebrief(await dana.untilModal());
    expect(await form.submit()).toMatchObject({ closed: true });
  }
  await dana.run('/coach observe');
  dana.openHome();
  await dana.untilHome();
  await world.slack.settled();
  await world.travelTo('2026-03-03T15:00:00Z');
  expect(refusals(world.slack.calls.list().filter(({ kind }) => kind !== 'event'))).toEqual([]);
  if (size === 0) return;
  expect(textsOf(dana)).toContain('one live call by Tue 31 Mar');
});
