import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPeople } from '#services/import-people.ts';
import type { Person } from '#test/person.ts';
import { peopleFile, startWorld, type TeamMember, type World } from '#test/world.ts';
import { fillLog, logsAbout, openLog } from './logging.ts';

const team: TeamMember[] = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Lee', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

describe('somebody who is no longer the manager', () => {
  let world: World;
  let dana: Person;
  beforeEach(async () => {
    world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team });
    dana = world.person('Dana');
    await world.travelTo('2026-03-05T21:30:00Z');
  });
  afterEach(() => world.close());

  async function giveSamTo(manager: string): Promise<void> {
    const { context, workspaceId } = world.application;
    const file = peopleFile(team.map((one) => (one.name === 'Sam' ? { ...one, manager } : one)));
    const client = context.slack.client(workspaceId);
    expect(await importPeople({ ...context, client }, workspaceId, file)).toMatchObject({ ok: true });
  }

  test('who presses the button of an old prompt is told why it does nothing', async () => {
    const prompt = dana.dm().at(-1);
    await giveSamTo('Lee');
    await prompt?.press('Log 1:1');
    const told = await dana.untilMessage((message) => message.shown.ephemeral);
    expect(told.text).toContain('Sam does not report to you in Sideline, so this 1:1 is not yours to log.');
    expect(told.text).toContain('can change the manager');
    expect(dana.hasModal()).toBe(false);
  });

  test('sees the prompt change by itself', async () => {
    await giveSamTo('Lee');
    const changed = await dana.until(() => {
      const prompt = dana.dm().at(-1);
      return prompt?.texts.join('\n').includes('Excused; it does not count.') ? prompt : undefined;
    });
    expect(changed.buttons).toEqual([]);
  });

  test('who has the modal open already is told when saving, and keeps what was written', async () => {
    const modal = await fillLog(await openLog(dana, 'Sam'));
    await giveSamTo('Lee');
    const { errors } = await modal.submit();
    expect(errors['One thing to try']).toMatch(
      /^Not saved: Sam does not report to you in Sideline any more\./,
    );
    expect(modal.isOpen).toBe(true);
    expect(await logsAbout(world, 'Sam')).toEqual([]);
  });

  test('gets the rep back as if nothing had been', async () => {
    await giveSamTo('Lee');
    await world.travelTo('2026-03-06T15:00:00Z');
    await giveSamTo('Dana');
    const modal = await fillLog(await openLog(dana, 'Sam'));
    expect(await modal.submit()).toMatchObject({ closed: true });
  });
});
