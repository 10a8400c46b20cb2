import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '#test/person.ts';
import { holdTable, shutDatabase } from '#test/storage/outage.ts';
import { startWorld, type World } from '#test/world.ts';
import { commitmentsOf, fillLog, logsAbout, openLog, revisionsOf, specific } from './logging.ts';

const reps = ['Ana', 'Bea', 'Cleo', 'Dov', 'Eli', 'Fay'];
const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  ...reps.map((name) => ({ name, zone: 'America/Chicago', role: 'rep', manager: 'Dana' })),
];

let world: World;
let dana: Person;
let url: string;
beforeAll(async () => {
  world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team });
  dana = world.person('Dana');
  url = world.database.url ?? '';
});
afterAll(() => world.close());

const notSaved =
  'This could not be saved just now. What you filled in is kept here; press the button again in a minute.';

describe('while the database is down', () => {
  test('a submission keeps the modal and what was typed, says so, and succeeds afterwards', async () => {
    const modal = await fillLog(await openLog(dana, 'Ana'));
    const comeBack = await shutDatabase(url);
    const submitted = await modal.submit();
    expect(submitted).toMatchObject({ status: 'errors', errors: { 'Mostly about': notSaved } });
    expect(modal.value('One thing to try')).toBe(specific);
    expect(await modal.submit()).toMatchObject({ status: 'errors' });

    await comeBack();
    expect(await modal.submit()).toMatchObject({ closed: true });
    expect(await logsAbout(world, 'Ana')).toHaveLength(1);
    expect(await commitmentsOf(world, 'Ana')).toMatchObject([{ text: specific }]);
  });

  test('a command says that it did not work', async () => {
    const comeBack = await shutDatabase(url);
    await dana.run('/coach log @Bea');
    await comeBack();
    expect(dana.hasModal()).toBe(false);
    expect(dana.ephemeral().at(-1)?.text).toBe(
      'That did not work just now; nothing was changed. Try again in a minute.',
    );
  });
});

describe('while the database is slow', () => {
  const isLight = (modal: { texts: string[] }): boolean => modal.texts.includes('One moment…');
  const isFilled = (modal: { labels: string[] }): boolean => modal.labels.includes('One thing to try');

  test('a modal opens light within the time a trigger has, and is filled', async () => {
    const hold = await holdTable(url, 'member');
    const running = dana.run('/coach log @Bea');
    const light = await dana.untilModal(isLight);
    expect(light.shown.submit).toBeNull();
    await hold.letGo();
    const filled = await dana.untilModal(isFilled);
    expect(filled.id).toBe(light.id);
    expect(filled.title).toBe('1:1 with Bea');
    await running;
    await fillLog(filled);
    expect(await filled.submit()).toMatchObject({ closed: true });
  });

  test('a modal that was closed while it was light stays closed', async () => {
    const hold = await holdTable(url, 'member');
    const running = dana.run('/coach log @Cleo');
    await (await dana.untilModal(isLight)).close();
    await hold.letGo();
    expect(await running).toEqual({ status: 'done' });
    expect(dana.hasModal()).toBe(false);
  });

  test('a refusal that comes late is told in the modal', async () => {
    const hold = await holdTable(url, 'member');
    const running = dana.run('/coach log @Dana');
    const light = await dana.untilModal(isLight);
    await hold.letGo();
    await dana.untilModal((modal) => modal.texts.some((text) => text.startsWith('That is you.')));
    await running;
    await light.close();
  });

  test('a modal whose data never comes says so instead of waiting for ever', async () => {
    const hold = await holdTable(url, 'member');
    const running = dana.run('/coach log @Cleo');
    const light = await dana.untilModal(isLight);
    const comeBack = await shutDatabase(url);
    await dana.untilModal((modal) => modal.texts.some((text) => text.includes('did not work just now')));
    await comeBack();
    // The lock went with its connection.
    await hold.letGo().catch(() => undefined);
    await running;
    await light.close();
  });

  test('a submission that takes too long is not acknowledged, and is found again when it is repeated', async () => {
    const modal = await fillLog(await openLog(dana, 'Dov'));
    const hold = await holdTable(url, 'one_on_one_log');
    expect(await modal.submit()).toMatchObject({ errors: { 'Mostly about': notSaved } });
    await hold.letGo();
    expect(await modal.submit()).toMatchObject({ closed: true });
    expect(await logsAbout(world, 'Dov')).toMatchObject([{ revision: 1 }]);
    expect(await commitmentsOf(world, 'Dov')).toHaveLength(1);
  });

  test('a correction sent while the first try is still under way is not lost', async () => {
    const modal = await fillLog(await openLog(dana, 'Eli'));
    const hold = await holdTable(url, 'one_on_one_log_revision');
    expect(await modal.submit()).toMatchObject({ errors: { 'Mostly about': notSaved } });
    await modal.fill('One thing to try', 'When the buyer is silent, count to five before you speak.');
    const second = modal.submit();
    await hold.untilWaiting(2);
    await hold.letGo();
    expect(await second).toMatchObject({ closed: true });
    const [log, ...more] = await logsAbout(world, 'Eli');
    expect(more).toEqual([]);
    expect(await revisionsOf(world, log?.log_id ?? '')).toHaveLength(2);
    expect(await commitmentsOf(world, 'Eli')).toMatchObject([
      { text: 'When the buyer is silent, count to five before you speak.' },
    ]);
  });
});
