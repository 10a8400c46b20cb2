import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { interaction, post, signedHeaders } from '#test/slack-app/signed.ts';
import { slackApp, startWorld, userId, type World } from '#test/world.ts';
import {
  certificationsAbout,
  certifyAs,
  coverageAt,
  openCertify,
  rate,
  toldOnHome,
  words,
} from './certifying.ts';
import { shareOnce } from './observing.ts';
import { makeProgramme } from './training.ts';

const reps = ['Ana', 'Bea', 'Cleo', 'Dov', 'Eli', 'Fay', 'Gus'];
const team = [
  { name: 'Ellen', zone: 'America/New_York', role: 'enablement' },
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Lee', zone: 'America/New_York', role: 'manager' },
  { name: 'Max', zone: 'America/New_York', role: 'rep', manager: 'Lee' },
  { name: 'Vic', zone: 'America/New_York', role: 'manager', manager: 'Dana' },
  ...reps.map((name) => ({ name, zone: 'America/Chicago', role: 'rep', manager: 'Dana' })),
];
const everything = { Teach: 'Unasked', Tailor: 'Unasked', 'Take Control': 'Unasked' };

describe.each(oneDatabase)('certifying (%s)', (database) => {
  let world: World;
  let dana: Person;
  beforeAll(async () => {
    const strangers = [{ name: 'Nora', zone: 'Europe/Berlin' }];
    world = await startWorld({ database, now: '2026-03-20T15:00:00Z', team, strangers });
    dana = world.person('Dana');
    await change('member', 'Eli', { wave: 4 });
    const ellen = world.person('Ellen');
    await makeProgramme(ellen, {
      sessionOn: '2026-03-02',
      reps: ['Ana', 'Bea', 'Cleo', 'Dov', 'Eli', 'Gus'],
    });
    await makeProgramme(ellen, { name: 'Late', sessionOn: '2026-03-15', reps: ['Fay'] });
    await makeProgramme(ellen, { name: 'Second', sessionOn: '2026-03-04', reps: ['Ana'] });
    for (const rep of ['Ana', 'Bea', 'Cleo', 'Eli']) await shareOnce(dana, rep, everything);
  }, 120_000);
  afterAll(() => world.close());

  const change = (table: 'member' | 'reporting', rep: string, values: object) =>
    world.database.inWorkspace('T0WORLD', (trx) =>
      trx
        .updateTable(table)
        .set(values)
        .where(table === 'member' ? 'user_id' : 'rep_id', '=', userId(rep))
        .execute(),
    );

  const told = async (command: string, person = dana): Promise<string> => {
    await person.run(command);
    return person.ephemeral().at(-1)?.text ?? '';
  };

  test('opens for one of one’s reps in a programme, and says what to do for everybody else', async () => {
    expect(await told('/coach certify @Max')).toContain('Max does not report to you in Sideline');
    expect(await told('/coach certify @Dana')).toContain('That is you');
    expect(await told('/coach certify @Nora')).toContain('Sideline does not know <@UNORA>');
    expect(await told(`/coach certify <@${slackApp.botUserId}|sideline>`)).toContain('I make no calls');
    expect(await told('/coach certify @Vic')).toContain('Vic is no rep in Sideline');
    expect(await told('/coach certify nobody')).toContain(
      '“nobody” is not clear. Whom do you want to certify?',
    );
    expect(await told('/coach certify @Fay')).toContain('Fay can be certified from Sun 29 Mar 2026 on');
    expect(await told('/coach certify @Ana', world.person('Max'))).toContain('does not report to you');
    expect(await told('/coach certify @Ana', world.person('Ellen'))).toContain('does not report to you');
    expect(await told('/coach certify @Ana', world.person('Nora'))).toContain('you are not on its list yet');
    expect(await told('/coach certify', world.person('Max'))).toContain('Nobody reports to you in Sideline');
    await change('member', 'Gus', { status: 'deactivated' });
    expect(await told('/coach certify @Gus')).toContain('Gus is not active in Slack any more');
  });

  test('in which of several trainings is chosen in the form, and what is chosen for one never shows with another', async () => {
    const modal = await openCertify(dana, 'Ana');
    expect(modal.texts.join('\n')).toContain('Ana in Second');
    await rate(modal, 8, 9, 10);
    const menu = modal.labels.find((label) => modal.choices(label).includes('Winning Teach')) ?? '';
    await modal.choose(menu, 'Winning Teach');
    const other = await dana.untilModal((one) => one.texts.join('\n').includes('Ana in Winning Teach'));
    expect(other.value('Teach, on the whole')).toBeNull();
    await rate(other, 8, 8, 8);
    await other.submit();
    expect(dana.modal().texts.join('\n')).toContain(
      'Ana is certified in Winning Teach until Wed 16 Sep 2026',
    );
    await dana.modal().close();
    const [only] = await certificationsAbout(world, 'Ana');
    expect(only?.programme_id).toBeDefined();
    expect(await toldOnHome(world.person('Ana'), 'certified until Wed 16 Sep 2026')).toContain(
      'Second: not certified yet.',
    );
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

  test('sent in twice, also at the same moment, or from two devices, is one certificate', async () => {
    expect(await certifyAs(dana, 'Bea', [8, 8, 8])).toContain('Bea is certified in Winning Teach');
    const payload = lastSubmission();
    expect(await send(payload)).toContain('Bea is certified in Winning Teach');
    expect(await certificationsAbout(world, 'Bea')).toHaveLength(1);
    // The other device has its own view, opened before.
    payload.view.id = 'V0OTHERDEVICE';
    const answers = await Promise.all([1, 2].map(() => send(payload)));
    for (const answer of answers) expect(answer).toContain('was certified in Winning Teach today already');
    expect(await certificationsAbout(world, 'Bea')).toHaveLength(1);
  });

  test('two devices at once, before there is a certificate, give one', async () => {
    const modal = await openCertify(dana, 'Cleo');
    await rate(modal, 7, 7, 7);
    await modal.submit();
    await dana.modal().close();
    const payload = lastSubmission();
    for (const state of Object.values(payload.view.state.values)) {
      for (const [id, element] of Object.entries(state)) {
        if (!id.startsWith('rating.')) continue;
        state[id] = {
          ...element,
          selected_option: { value: '9', text: { type: 'plain_text', text: words[9] } },
        };
      }
    }
    const [one, other] = ['V0ONE', 'V0OTHER'].map((id) => ({
      ...payload,
      view: { ...payload.view, id },
    }));
    const answers = await Promise.all([send(one ?? {}), send(other ?? {})]);
    expect(answers.filter((text) => text.includes('today already'))).toHaveLength(1);
    const all = await certificationsAbout(world, 'Cleo');
    expect(all.map((row) => row.valid_until)).toEqual([null, '2026-09-16']);
    const ratings = await world.database.inWorkspace('T0WORLD', (trx) =>
      trx
        .selectFrom('certification_rating')
        .select('score')
        .where(
          'certification_id',
          'in',
          all.map((row) => row.certification_id),
        )
        .execute(),
    );
    expect(ratings.map(({ score }) => score).sort()).toEqual([7, 7, 7, 9, 9, 9]);
  });

  test('left open while the rep moved to somebody else, it is not saved, and what was chosen stays', async () => {
    const modal = await openCertify(dana, 'Dov');
    await rate(modal, 8, 8, 9);
    await change('reporting', 'Dov', { until: new Date() });
    expect((await modal.submit()).errors['Teach, on the whole']).toContain(
      'Not saved. Dov does not report to you in Sideline',
    );
    expect(modal.value('Take Control, on the whole')).toBe('9: strong');
    await modal.close();
    expect(await certificationsAbout(world, 'Dov')).toEqual([]);
  });

  test('nobody but the manager takes a certificate back, and twice is once', async () => {
    const [given] = await certificationsAbout(world, 'Bea');
    const modal = await openCertify(dana, 'Bea');
    const { id, callback_id, private_metadata } = {
      id: modal.id,
      callback_id: 'certify.modal',
      private_metadata: '{}',
    };
    const press = (name: string) =>
      send({
        type: 'block_actions',
        user: { id: userId(name), name, team_id: 'T0WORLD' },
        team: { id: 'T0WORLD' },
        container: { type: 'view', view_id: id },
        view: {
          id,
          callback_id,
          private_metadata,
          hash: 'x',
          blocks: [],
          state: { values: {} },
          type: 'modal',
        },
        actions: [
          {
            type: 'button',
            action_id: 'certify.take_back',
            block_id: 'take_back',
            value: given?.certification_id,
            action_ts: '1',
          },
        ],
      });
    await press('Lee');
    await press('Bea');
    expect((await certificationsAbout(world, 'Bea'))[0]?.withdrawn_at).toBeNull();
    await Promise.all([press('Dana'), press('Dana')]);
    const [taken] = await certificationsAbout(world, 'Bea');
    expect(taken?.withdrawn_by).toBe(userId('Dana'));
    await dana.modal().close({ all: true });
  });

  test('of the fourth wave nothing is asked, but who shows it is certified, apart from the others', async () => {
    expect(await certifyAs(dana, 'Eli', [8, 8, 8])).toContain('Eli is certified');
    // Ana and Cleo of five in the programmes who are still there; Eli beside them.
    expect(await coverageAt(world, '2026-03-20T16:00:00Z')).toBe(
      '2/5 and 1/1 enrolled, 2/6 and 1/1 eligible',
    );
  });
});
