import { afterEach, expect, test } from 'vitest';
import { databaseKinds } from '#test/database.ts';
import { startWorld, type World } from '#test/world.ts';
import { logOnce } from './logging.ts';

const team = [
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Los_Angeles', role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
afterEach(() => world.close());

test.each(databaseKinds)(
  'a rep is asked one question the working day before, and the manager reads the answer (%s)',
  async (database) => {
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team });
    const sam = world.person('Sam Rivera');
    const dana = world.person('Dana Whitfield');

    // The slot is Thursday 16:00 in New York; the question comes on Wednesday at 09:00 in Los Angeles.
    await world.travelTo('2026-03-04T16:59:00Z');
    expect(sam.dm()).toHaveLength(0);
    await world.travelTo('2026-03-04T17:00:00Z');
    const [question] = sam.dm();
    expect(question?.text).toBe('Your 1:1 with Dana is coming up. One question first.');

    await question?.press('Answer');
    const modal = await sam.untilModal();
    await modal.fill('One moment you would like to replay', 'I answered the price question too fast.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    await sam.untilMessage((message) => message.texts.join('\n').includes('You wrote: I answered the price'));
    expect(sam.dm()).toHaveLength(1);

    await world.travelTo('2026-03-05T21:30:00Z');
    await dana.dm().at(-1)?.press('Log 1:1');
    const log = await dana.untilModal();
    expect(log.texts.join('\n')).toContain('I answered the price question too fast.');
  },
);

test('a question that was not answered asks no longer once the 1:1 is logged', async () => {
  world = await startWorld({ now: '2026-03-02T14:00:00Z', team });
  const sam = world.person('Sam Rivera');
  await world.travelTo('2026-03-04T17:00:00Z');
  expect(sam.dm()[0]?.texts.join('\n')).toContain('Which moment would you like to replay?');

  await world.travelTo('2026-03-05T21:30:00Z');
  await logOnce(world.person('Dana Whitfield'), 'Sam Rivera');
  const over = await sam.untilMessage((message) =>
    message.texts.join('\n').includes('There is nothing to answer any more.'),
  );
  expect(over.texts.join('\n')).not.toContain('Which moment');
  expect(over.buttons).not.toContain('Answer');
});

test('Home shows each their side, and a private note to nobody but its writer', async () => {
  world = await startWorld({ now: '2026-03-02T14:00:00Z', team });
  const sam = world.person('Sam Rivera');
  const dana = world.person('Dana Whitfield');
  await dana.run('/coach log @Sam Rivera');
  const modal = await dana.untilModal();
  await modal.press('More');
  const more = await dana.untilModal((one) => one.labels.includes('Private note'));
  await more.choose('Mostly about', 'A skill');
  await more.fill('One thing to try', 'When the buyer names a price, ask what it is compared with.');
  await more.fill('Private note', 'Nervous about the promotion.');
  expect(await more.submit()).toMatchObject({ closed: true });

  sam.openHome();
  const home = await sam.untilHome((one) =>
    one.texts.some((text) => text.includes('ask what it is compared with')),
  );
  expect(home.texts.join('\n')).not.toContain('promotion');
  dana.openHome();
  const team_ = await dana.untilHome((one) => one.texts.some((text) => text.includes('Sam Rivera')));
  expect(team_.texts.join('\n')).toContain('Trying by Mon 9 Mar: When the buyer names a price');
});
