import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, type World } from '#test/world.ts';
import { interaction, post, signedHeaders } from '../slack-app/signed.ts';
import { slackApp } from '../world.ts';
import { commitmentsOf, fillLog, logsAbout, openLog, revisionsOf, specific } from './logging.ts';

/** A rep for each test, so that none sees what another has logged. */
const reps = ['Ana', 'Bea', 'Cleo', 'Dov', 'Eli', 'Fay', 'Gus', 'Hal', 'Ida', 'Jo', 'Kay'];
const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  ...reps.map((name) => ({ name, zone: 'America/Chicago', role: 'rep', manager: 'Dana' })),
];

describe.each(oneDatabase)('the modal of a 1:1 (%s)', (database) => {
  let world: World;
  let dana: Person;
  beforeAll(async () => {
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team });
    dana = world.person('Dana');
  });
  afterAll(() => world.close());

  /** What Slack sent with the last submission. */
  function lastSubmission(): {
    view: { id: string; state: { values: Record<string, Record<string, object>> } };
  } {
    const call = world.slack.calls.list().findLast(({ method }) => method === 'view_submission');
    return structuredClone(call?.request) as ReturnType<typeof lastSubmission>;
  }

  /** The same, or something like it, once more: as after an acknowledgement that was lost on the way. */
  function sendAgain(payload: object): Promise<Response> {
    const body = interaction({ ...payload, trigger_id: crypto.randomUUID() });
    return post(world.application.port, body, signedHeaders(slackApp.signingSecret, body));
  }

  test('says who will see what', async () => {
    const modal = await openLog(dana, 'Ana');
    expect(modal.texts.at(-1)).toBe(
      'Ana can see the one thing, its date and how last time went. Your own manager sees a summary, enablement only counts. A private note stays with you.',
    );
    expect([modal.submitLabel, modal.closeLabel]).toEqual(['Save', 'Not now']);
    await modal.close();
    expect(await logsAbout(world, 'Ana')).toEqual([]);
  });

  test('wants to know what it was about, one thing to try and a date; nothing is saved before', async () => {
    const modal = await openLog(dana, 'Ana');
    await modal.fill('One thing to try', '  \n ');
    await modal.choose('Mostly about', 'A stuck deal');
    const { errors } = await modal.submit();
    expect(errors).toEqual({ 'One thing to try': 'Write one thing to try.' });
    await modal.clear('By');
    expect((await modal.submit()).errors).toMatchObject({ By: expect.any(String) });
    expect(await logsAbout(world, 'Ana')).toEqual([]);
    await modal.close();
  });

  test('refuses a date before the 1:1, and a 1:1 that is still to come', async () => {
    const modal = await fillLog(await openLog(dana, 'Ana'));
    await modal.pick('By', '2026-03-01');
    expect((await modal.submit()).errors).toEqual({
      By: 'This date is before the 1:1. Choose a later one.',
    });
    await modal.press('More');
    const more = await dana.untilModal((one) => one.labels.includes('When it was'));
    await more.pick('By', '2026-03-20');
    await more.pick('When it was', '2026-03-03');
    expect((await more.submit()).errors).toEqual({
      'When it was': 'This date is still to come. Choose the day it took place.',
    });
    await more.pick('When it was', '2026-02-27');
    expect(await more.submit()).toMatchObject({ closed: true });
    expect(await logsAbout(world, 'Ana')).toMatchObject([{ held_on: '2026-02-27', about: 'skill' }]);
    expect(await commitmentsOf(world, 'Ana')).toMatchObject([{ by_date: '2026-03-20', state: 'open' }]);
  });

  test('doubts a vague takeaway once, with an example, and keeps it when it is meant', async () => {
    const modal = await fillLog(await openLog(dana, 'Bea'), 'Improve discovery');
    expect(await modal.submit()).toMatchObject({ status: 'updated', closed: false });
    const doubted = dana.modal();
    expect(doubted.texts.join('\n')).toContain('Could Bea tell afterwards whether it happened? For example:');
    expect(doubted.value('One thing to try')).toBe('Improve discovery');
    expect(await logsAbout(world, 'Bea')).toEqual([]);

    expect(await doubted.submit()).toMatchObject({ closed: true });
    expect(await logsAbout(world, 'Bea')).toMatchObject([{ insisted: true, revision: 1 }]);
    expect(await commitmentsOf(world, 'Bea')).toMatchObject([{ text: 'Improve discovery' }]);
  });

  test('doubts another vague text anew, and a specific one is no insisting', async () => {
    const modal = await fillLog(await openLog(dana, 'Cleo'), 'Improve discovery');
    await modal.submit();
    await dana.modal().fill('One thing to try', 'Be better');
    expect(await dana.modal().submit()).toMatchObject({ status: 'updated' });
    await dana.modal().fill('One thing to try', specific);
    expect(await dana.modal().submit()).toMatchObject({ closed: true });
    expect(await logsAbout(world, 'Cleo')).toMatchObject([{ insisted: false }]);
  });

  test('"More" keeps what was typed, and the private note is kept for the manager', async () => {
    const modal = await fillLog(await openLog(dana, 'Dov'));
    expect(modal.labels).not.toContain('Private note');
    await modal.press('More');
    const more = await dana.untilModal((one) => one.labels.includes('Private note'));
    expect(more.value('One thing to try')).toBe(specific);
    expect(more.value('Mostly about')).toBe('A skill');
    expect(more.texts.join('\n')).toContain('A formal request for Dov');
    await more.fill('Private note', 'Nervous about the quarter.');
    expect(await more.submit()).toMatchObject({ closed: true });
    expect(await logsAbout(world, 'Dov')).toMatchObject([
      { private_note: 'Nervous about the quarter.', held_on: '2026-03-02' },
    ]);
  });

  test('"More" pressed in a modal that is gone meanwhile is no failure', async () => {
    const modal = await openLog(dana, 'Dov');
    const pressed = world.slack.calls.list().length;
    await modal.press('More');
    await dana.untilModal((one) => one.labels.includes('Private note'));
    const press = world.slack.calls
      .list()
      .slice(pressed)
      .find(({ method }) => method === 'block_actions');
    await dana.modal().close();
    expect((await sendAgain(press?.request as object)).status).toBe(200);
  });

  test('submitted twice makes one log', async () => {
    const modal = await fillLog(await openLog(dana, 'Eli'));
    expect(await modal.submit()).toMatchObject({ closed: true });
    const again = await sendAgain(lastSubmission());
    expect([again.status, await again.text()]).toEqual([200, '']);
    const [log, ...more] = await logsAbout(world, 'Eli');
    expect(more).toEqual([]);
    expect(log?.revision).toBe(1);
    expect(await revisionsOf(world, log?.log_id ?? '')).toHaveLength(1);
    expect(await commitmentsOf(world, 'Eli')).toHaveLength(1);
  });

  test('submitted twice at the same moment makes one log, too', async () => {
    const modal = await fillLog(await openLog(dana, 'Fay'));
    expect(await modal.submit()).toMatchObject({ closed: true });
    const payload = lastSubmission();
    payload.view.id = 'V0TOGETHER';
    const answers = await Promise.all([1, 2, 3].map(() => sendAgain(payload)));
    expect(await Promise.all(answers.map((one) => one.text()))).toEqual(['', '', '']);
    const logs = await logsAbout(world, 'Fay');
    expect(logs.filter(({ view_id }) => view_id === 'V0TOGETHER')).toHaveLength(1);
  });

  test('corrected and sent again is the same log with its history', async () => {
    const modal = await fillLog(await openLog(dana, 'Gus'));
    expect(await modal.submit()).toMatchObject({ closed: true });
    const corrected = lastSubmission();
    corrected.view.state.values['takeaway'] = {
      takeaway: {
        type: 'plain_text_input',
        value: 'When the buyer is silent, count to five before you speak.',
      },
    };
    const again = await sendAgain(corrected);
    expect([again.status, await again.text()]).toEqual([200, '']);

    const [log, ...more] = await logsAbout(world, 'Gus');
    expect(more).toEqual([]);
    expect(log?.revision).toBe(2);
    const revisions = await revisionsOf(world, log?.log_id ?? '');
    expect(revisions).toMatchObject([
      { revision: 1, content: { takeaway: specific } },
      { revision: 2, content: { takeaway: 'When the buyer is silent, count to five before you speak.' } },
    ]);
    expect(await commitmentsOf(world, 'Gus')).toMatchObject([
      { text: 'When the buyer is silent, count to five before you speak.', state: 'open' },
    ]);
  });

  test('of an older version, which nobody answers to, stays open and says so', async () => {
    const modal = await fillLog(await openLog(dana, 'Hal'));
    expect(await modal.submit()).toMatchObject({ closed: true });
    const payload = lastSubmission();
    const old = { ...payload, view: { ...payload.view, id: 'V0OLD', callback_id: 'one_on_one.of_2024' } };
    const { response_action, errors } = (await (await sendAgain(old)).json()) as {
      response_action: string;
      errors: Record<string, string>;
    };
    expect(response_action).toBe('errors');
    expect(Object.values(errors)[0]).toContain('older version and was not saved');
    expect(await logsAbout(world, 'Hal')).toHaveLength(1);
  });
});
