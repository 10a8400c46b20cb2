import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { Person } from '#test/person.ts';
import { type RawApp, startRawApp } from './raw-app.ts';
import { APP, handClock, MIA, SAM, startWorkspace } from './workspace.ts';

const words = (text: string) => ({ type: 'plain_text' as const, text });

function modal(title: string, extra: object = {}) {
  return {
    type: 'modal' as const,
    title: words(title),
    submit: words('Save'),
    blocks: [
      { type: 'section', block_id: 'top', text: words(`This is ${title}`) },
      {
        type: 'input',
        block_id: 'field',
        label: words('Field'),
        element: { type: 'plain_text_input', action_id: 'text', initial_value: 'initial' },
      },
      {
        type: 'actions',
        block_id: 'acts',
        elements: [{ type: 'button', action_id: 'go', text: words('Go') }],
      },
    ],
    ...extra,
  };
}

const refused = (code: string) => ({ data: { ok: false, error: code } });

let slack: LocalSlack;
let raw: RawApp;
let client: WebClient;
let mia: Person;
let clock: ReturnType<typeof handClock>;

beforeEach(async () => {
  clock = handClock();
  slack = await startWorkspace({ machineNow: clock.now });
  raw = await startRawApp(slack);
  client = new WebClient(APP.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  mia = new Person(slack, MIA);
});

afterEach(async () => {
  await raw.close();
  await slack.close();
});

/** The trigger of what the person did last. */
function trigger(): string {
  return String(raw.received.at(-1)?.payload['trigger_id']);
}

async function open(title: string, extra: object = {}) {
  await mia.run('/coach log');
  const { view } = await client.views.open({ trigger_id: trigger(), view: modal(title, extra) });
  return { id: view?.id ?? '', hash: view?.hash ?? '' };
}

async function push(title: string, extra: object = {}) {
  await mia.modal().press('Go');
  return client.views.push({ trigger_id: trigger(), view: modal(title, extra) });
}

describe('triggers', () => {
  it('open one modal each, within three seconds', async () => {
    await mia.run('/coach log');
    const first = trigger();
    clock.forward(3000);
    await client.views.open({ trigger_id: first, view: modal('One') });
    await expect(client.views.open({ trigger_id: first, view: modal('Two') })).rejects.toMatchObject(
      refused('exchanged_trigger_id'),
    );
    await mia.run('/coach log');
    clock.forward(3001);
    await expect(client.views.open({ trigger_id: trigger(), view: modal('Late') })).rejects.toMatchObject(
      refused('expired_trigger_id'),
    );
    await expect(client.views.open({ trigger_id: '1.2.3', view: modal('Odd') })).rejects.toMatchObject(
      refused('invalid_trigger_id'),
    );
    expect(mia.modal().title).toBe('One');
  });

  it('are not used up by a view that Slack refuses', async () => {
    await mia.run('/coach log');
    const bad = modal('A title much longer than a modal may have');
    await expect(client.views.open({ trigger_id: trigger(), view: bad })).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: { messages: [expect.stringContaining('title')] },
      },
    });
    await client.views.open({ trigger_id: trigger(), view: modal('Good') });
    expect(mia.modal().title).toBe('Good');
  });
});

describe('the stack', () => {
  it('holds three', async () => {
    const root = await open('One');
    const second = await push('Two');
    expect(second.view).toMatchObject({ root_view_id: root.id, previous_view_id: root.id });
    await push('Three');
    await mia.modal().press('Go');
    await expect(client.views.push({ trigger_id: trigger(), view: modal('Four') })).rejects.toMatchObject(
      refused('push_limit_reached'),
    );
    expect(mia.session.modals()).toHaveLength(3);
  });

  it('goes back one by one, or all at once with the cross', async () => {
    await open('One', { notify_on_close: true });
    await push('Two');
    await mia.modal().close();
    expect(mia.modal().title).toBe('One');
    await push('Two');
    raw.received.length = 0;
    await mia.modal().close({ all: true });
    expect(mia.hasModal()).toBe(false);
    expect(raw.received.map((one) => one.payload)).toMatchObject([
      { type: 'view_closed', is_cleared: true, view: { title: { text: 'One' } } },
    ]);
  });

  it('is cleared by closing a view that says so', async () => {
    await open('One');
    await push('Two', { clear_on_close: true });
    await mia.modal().close();
    expect(mia.hasModal()).toBe(false);
  });
});

describe('views.update', () => {
  it('wants the current hash, where one is given', async () => {
    const { id, hash } = await open('One');
    const updated = await client.views.update({ view_id: id, hash, view: modal('Two') });
    expect(updated.view?.hash).not.toBe(hash);
    await expect(client.views.update({ view_id: id, hash, view: modal('Three') })).rejects.toMatchObject(
      refused('hash_conflict'),
    );
    await client.views.update({ view_id: id, view: modal('Four') });
    expect(mia.modal().title).toBe('Four');
  });

  it('does not find a view that the person closed', async () => {
    const { id } = await open('One');
    await mia.modal().close();
    await expect(client.views.update({ view_id: id, view: modal('Two') })).rejects.toMatchObject(
      refused('not_found'),
    );
  });

  it('keeps a field while its block and action stay the same, and starts it anew otherwise', async () => {
    const { id } = await open('One');
    expect(mia.modal().value('Field')).toBe('initial');
    await mia.modal().fill('Field', 'typed');
    await client.views.update({ view_id: id, view: modal('Two') });
    expect(mia.modal().value('Field')).toBe('typed');
    const renamed = JSON.parse(JSON.stringify(modal('Three')).replace('"field"', '"field-2"'));
    await client.views.update({ view_id: id, view: renamed });
    expect(mia.modal().value('Field')).toBe('initial');
  });

  it('finds a view by its external id, of which there is one in a workspace', async () => {
    await open('One', { external_id: 'log-1' });
    await client.views.update({ external_id: 'log-1', view: modal('Two', { external_id: 'log-1' }) });
    expect(mia.modal().title).toBe('Two');
    const sam = new Person(slack, SAM);
    await sam.run('/coach log');
    await expect(
      client.views.open({ trigger_id: trigger(), view: modal('Same', { external_id: 'log-1' }) }),
    ).rejects.toMatchObject(refused('duplicate_external_id'));
    await mia.modal().close();
    await sam.run('/coach log');
    await client.views.open({ trigger_id: trigger(), view: modal('Same', { external_id: 'log-1' }) });
  });
});

describe('the Home tab', () => {
  const home = (text: string) => ({
    type: 'home' as const,
    blocks: [
      { type: 'section', text: words(text) },
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: words('Go') }] },
    ],
  });

  it('is published per person, under its hash', async () => {
    const first = await client.views.publish({ user_id: MIA, view: home('Week 1') });
    const hash = first.view?.hash ?? '';
    await client.views.publish({ user_id: MIA, hash, view: home('Week 2') });
    await expect(client.views.publish({ user_id: MIA, hash, view: home('Week 3') })).rejects.toMatchObject(
      refused('hash_conflict'),
    );
    expect(mia.home().texts).toEqual(['Week 2']);
    expect(() => new Person(slack, SAM).home()).toThrow('has published no Home tab');
    await expect(client.views.publish({ user_id: 'U0NOBODY01', view: home('x') })).rejects.toMatchObject(
      refused('user_not_found'),
    );
  });

  it('tells where a press came from, without a response_url, and opens modals', async () => {
    await client.views.publish({ user_id: MIA, view: home('Week 1') });
    await mia.home().press('Go');
    const { payload } = raw.received.at(-1) ?? { payload: {} };
    expect(payload).toMatchObject({ container: { type: 'view' }, view: { type: 'home' } });
    expect(payload).not.toHaveProperty('response_url');
    await client.views.open({ trigger_id: trigger(), view: modal('From home') });
    expect(mia.modal().title).toBe('From home');
  });
});

describe('answers to a submission', () => {
  const update = { response_action: 'update', view: modal('Next') };

  it.each([
    ['an update', update, 'updated', 'Next'],
    ['a push', { response_action: 'push', view: modal('Next') }, 'pushed', 'Next'],
  ])('may be %s', async (_name, body, status, title) => {
    await open('One');
    raw.answer = () => ({ body });
    expect((await mia.modal().submit()).status).toBe(status);
    expect(mia.modal().title).toBe(title);
  });

  it.each([
    ['a view that breaks the rules', { response_action: 'update', view: modal('x'.repeat(30)) }],
    ['errors for a block that is no input', { response_action: 'errors', errors: { top: 'no' } }],
    ['something unknown', { response_action: 'dance' }],
  ])('leave the modal with trouble when they are %s', async (_name, body) => {
    await open('One');
    await mia.modal().fill('Field', 'typed');
    raw.answer = () => ({ body });
    expect(await mia.modal().submit()).toMatchObject({
      status: 'failed',
      failure: 'We had some trouble connecting. Try again?',
    });
    expect(mia.modal().value('Field')).toBe('typed');
  });

  it('show the modal as busy meanwhile', async () => {
    await open('One');
    const submitted = mia.modal().submit();
    expect(mia.modal().shown.busy).toBe(true);
    await submitted;
    expect(mia.hasModal()).toBe(false);
  });

  it('carry what the person put in, with who and where', async () => {
    await open('One', { callback_id: 'log', private_metadata: 'pair-1' });
    await mia.modal().fill('Field', 'typed');
    await mia.modal().submit();
    expect(raw.received.at(-1)?.payload).toMatchObject({
      type: 'view_submission',
      user: { id: MIA, username: 'mia', team_id: 'T0LOCAL001' },
      team: { id: 'T0LOCAL001', domain: 'northwind' },
      api_app_id: APP.appId,
      is_enterprise_install: false,
      trigger_id: expect.any(String),
      view: {
        callback_id: 'log',
        private_metadata: 'pair-1',
        state: { values: { field: { text: { type: 'plain_text_input', value: 'typed' } } } },
      },
    });
  });
});

describe('messages for the person at the wrong moment', () => {
  it('name what there is', async () => {
    expect(() => mia.modal()).toThrow('Mia Chen has no modal open; told: nothing');
    await open('One');
    await expect(mia.modal().fill('Fields', 'x')).rejects.toThrow(
      'There is no field "Fields"; there are "Field"',
    );
    await expect(mia.modal().press('Stop')).rejects.toThrow('There is no button "Stop"; there are "Go"');
    await expect(mia.untilMessage(() => false, { deadlineMs: 5 })).rejects.toThrow(
      'waited 5 ms for a message',
    );
    expect(() => mia.say('x', { in: 'nowhere' })).toThrow(
      'is in no "nowhere"; there are general, managers, old',
    );
  });
});
