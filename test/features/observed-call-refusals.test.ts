import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { interaction, post, signedHeaders } from '#test/slack-app/signed.ts';
import { slackApp, startWorld, userId, type World } from '#test/world.ts';
import { markedUp, refusals } from './inert.ts';
import {
  debriefRevisions,
  debriefsAbout,
  fillDebrief,
  openObserve,
  shareOnce,
  sightingsAbout,
  withMore,
} from './observing.ts';

const reps = ['Ana', 'Bea', 'Cleo', 'Dov', 'Eli', 'Fay', 'Gus'];
const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Lee', zone: 'America/New_York', role: 'manager' },
  { name: 'Max', zone: 'America/New_York', role: 'rep', manager: 'Lee' },
  { name: 'Vic', zone: 'America/New_York', role: 'manager', manager: 'Dana' },
  ...reps.map((name) => ({ name, zone: 'America/Chicago', role: 'rep', manager: 'Dana' })),
];

describe.each(oneDatabase)('the form after a call (%s)', (database) => {
  let world: World;
  let dana: Person;
  beforeAll(async () => {
    const strangers = [{ name: 'Nora', zone: 'Europe/Berlin' }];
    world = await startWorld({ database, now: '2026-03-03T15:00:00Z', team, strangers });
    dana = world.person('Dana');
  });
  afterAll(() => world.close());

  const told = async (command: string, person = dana): Promise<string> => {
    await person.run(command);
    return person.ephemeral().at(-1)?.text ?? '';
  };

  test('opens for one of one’s reps, and says what to do for everybody else', async () => {
    expect(await told('/coach observe @Max')).toContain('Max does not report to you in Sideline');
    expect(await told('/coach observe @Dana')).toContain('That is you.');
    expect(await told('/coach observe @Nora')).toContain('Sideline does not know <@UNORA>');
    expect(await told(`/coach observe <@${slackApp.botUserId}|sideline>`)).toContain('I make no calls');
    expect(await told('/coach observe @Vic')).toContain('Vic is no rep in Sideline');
    expect(await told('/coach observe nobody')).toContain('“nobody” is not clear. Whose call?');
    expect(await told('/coach observe', world.person('Max'))).toContain('Nobody reports to you in Sideline');
    expect(await told('/coach observe @Ana', world.person('Nora'))).toContain('you are not on its list yet');
    await dana.run('/coach observe gu');
    expect((await dana.untilModal()).title).toBe("After Gus's call");
    await dana.modal().close();
    await world.database.inWorkspace('T0WORLD', (trx) =>
      trx.updateTable('member').set({ status: 'deactivated' }).where('user_id', '=', userId('Gus')).execute(),
    );
    expect(await told('/coach observe @Gus')).toContain('Gus is not active in Slack any more');
  });

  test('says what is wrong field by field, and keeps what was typed', async () => {
    const modal = await withMore(dana, await fillDebrief(await openObserve(dana, 'Ana'), { Account: '  ' }));
    await modal.fill('Minutes', '90000');
    await modal.fill('Link to the recording', 'ftp://calls.example/1');
    await modal.fill('How much the buyer talked, in percent', '-5');
    await modal.fill('Questions about problems', '2,5');
    await modal.pick('When the call was', '2026-03-04');
    await modal.pick('Look at it again on', '2026-03-01');
    expect((await modal.submit()).errors).toEqual({
      Account: 'Write whom the call was with.',
      Minutes:
        'The length of a call in minutes is a whole number from 1 to 600. Change it, or empty the field.',
      'Link to the recording':
        'This is no web address. It begins with https:// or http://, and has no blanks.',
      'How much the buyer talked, in percent':
        'A share in percent is a whole number from 0 to 100. Change it, or empty the field.',
      'Questions about problems':
        'Questions about problems is a whole number from 0 to 200. Change it, or empty the field.',
      'When the call was': 'This date is still to come. Choose the day the call was.',
      'Look at it again on': 'This date is before the call. Choose a later one.',
    });
    expect(modal.value('Minutes')).toBe('90000');
    await modal.pick('When the call was', '2024-03-04');
    expect((await modal.submit()).errors['When the call was']).toContain('more than a year ago');
    await modal.close();
    expect(await debriefsAbout(world, 'Ana')).toEqual([]);
  });

  /** What Slack sent with the last submission. */
  function lastSubmission() {
    const call = world.slack.calls.list().findLast(({ method }) => method === 'view_submission');
    return structuredClone(call?.request) as {
      view: { id: string; state: { values: Record<string, Record<string, object>> } };
    };
  }

  async function send(payload: object): Promise<string> {
    const body = interaction({ ...payload, trigger_id: crypto.randomUUID() });
    const answer = await post(world.application.port, body, signedHeaders(slackApp.signingSecret, body));
    return answer.text();
  }

  test('submitted twice, also at the same moment, is one debrief; corrected under the same form it is a correction', async () => {
    await shareOnce(dana, 'Bea');
    const payload = lastSubmission();
    expect(await send(payload)).toBe('');
    expect(await debriefsAbout(world, 'Bea')).toHaveLength(1);
    payload.view.id = 'V0TOGETHER';
    expect(await Promise.all([1, 2, 3].map(() => send(payload)))).toEqual(['', '', '']);
    expect(await debriefsAbout(world, 'Bea')).toHaveLength(2);
    expect(await sightingsAbout(world, 'Bea')).toHaveLength(6);
    payload.view.state.values['account'] = { account: { type: 'plain_text_input', value: 'Initech' } };
    expect(await send(payload)).toBe('');
    const [, corrected] = await debriefsAbout(world, 'Bea');
    expect(corrected?.account).toBe('Initech');
    expect(await debriefRevisions(world, corrected?.debrief_id ?? '')).toHaveLength(2);
    expect((await sightingsAbout(world, 'Bea')).filter(({ account }) => account === 'Initech')).toHaveLength(
      3,
    );
  });

  test('left open while the rep moved to somebody else, it is not saved, and what was written stays', async () => {
    const modal = await fillDebrief(await openObserve(dana, 'Cleo'));
    await world.database.inWorkspace('T0WORLD', (trx) =>
      trx.updateTable('reporting').set({ until: new Date() }).where('rep_id', '=', userId('Cleo')).execute(),
    );
    const { errors } = await modal.submit();
    expect(errors['Account']).toContain('Not saved: Cleo does not report to you in Sideline any more.');
    expect(modal.value('One moment to replay')).not.toBe('');
    await modal.close();
    expect(await debriefsAbout(world, 'Cleo')).toEqual([]);
  });

  test('what somebody else wrote is nobody else’s to change, answer or withdraw', async () => {
    await shareOnce(dana, 'Dov');
    const [debrief] = await debriefsAbout(world, 'Dov');
    const payload = lastSubmission();
    const stranger = {
      ...payload,
      user: { id: userId('Lee'), name: 'lee', team_id: 'T0WORLD' },
      view: { ...payload.view, id: 'V0LEE' },
    };
    expect(await send(stranger)).toContain('does not report to you');
    expect(await debriefsAbout(world, 'Dov')).toEqual([debrief]);
  });

  test('hostile text goes all the way: kept as written, shown as text', async () => {
    const texts = [
      '<!channel> <@U0VICTIM> <https://evil.example|click>',
      '```rm -rf``` *bold* _slanted_ ~struck~ `code`',
      `${'🧨'.repeat(990)}`,
      'שרה\u202E turned around',
    ];
    for (const text of texts) {
      const more = await withMore(
        dana,
        await fillDebrief(await openObserve(dana, 'Eli'), {
          Account: text.slice(0, 70).toWellFormed(),
          'What worked, and why?': text,
          'One moment to replay': text,
        }),
      );
      await more.fill('Private note', text);
      await more.fill('Buyers and their roles', text.slice(0, 200).toWellFormed());
      expect(await more.submit()).toMatchObject({ closed: true });
    }
    const kept = await debriefsAbout(world, 'Eli');
    expect(kept.map(({ worked }) => worked)).toEqual(texts);
    await world.travelTo('2026-03-04T16:00:00Z');
    for (const name of ['Dana', 'Eli']) {
      const person = world.person(name);
      person.openHome();
      await person.untilHome();
    }
    await world.person('Eli').dm().at(-1)?.press('Answer Dana');
    const answer = await world.person('Eli').untilModal();
    await answer.fill('What do you make of it?', texts.join('\n').slice(0, 2900).toWellFormed());
    expect(await answer.submit()).toMatchObject({ closed: true });
    await world.travelTo('2026-03-05T15:00:00Z');
    await world.slack.settled();
    const calls = world.slack.calls.list().filter(({ kind }) => kind !== 'event');
    expect(refusals(calls)).toEqual([]);
    expect(
      markedUp(calls, [/<!/, /<@U0VICTIM/, /<https:\/\/evil/, /```/, /~struck~/, /[\u202A-\u202E]/]),
    ).toEqual([]);
    expect(world.person('Eli').dm().at(-1)?.texts.join('\n')).toContain('<!channel>');
  });
});
