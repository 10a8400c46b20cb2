import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { Person } from '#test/person.ts';
import { type Answer, type RawApp, startRawApp } from './raw-app.ts';
import { logModal } from './tiny-app.ts';
import { APP, MIA, startWorkspace } from './workspace.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

let slack: LocalSlack;
let raw: RawApp;
let client: WebClient;
let mia: Person;

beforeEach(async () => {
  slack = await startWorkspace({ ackTimeoutMs: 250, eventRetriesMs: [0, 0, 0] });
  raw = await startRawApp(slack);
  client = new WebClient(APP.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  mia = new Person(slack, MIA);
});

afterEach(async () => {
  await raw.close();
  await slack.close();
});

describe('an app that does not answer', () => {
  it.each<[string, Answer, string]>([
    ['is silent', null, 'operation_timeout'],
    ['fails', { status: 500 }, 'http_service_error'],
    ['is not there', { status: 404 }, 'http_client_error'],
  ])('shows Slackbot’s notice for a command when it %s', async (_name, answer, code) => {
    raw.answer = () => answer;
    await mia.run('/coach log');
    expect(mia.ephemeral()).toMatchObject([
      { author: 'Slackbot', text: `/coach failed with the error "${code}"` },
    ]);
  });

  it('shows it when nothing listens at all', async () => {
    slack.connect(null);
    await mia.run('/coach log');
    expect(mia.ephemeral().map((one) => one.text)).toEqual([
      '/coach failed with the error "dispatch_failed"',
    ]);
  });

  it('keeps the modal with what was typed, and lets the person try again', async () => {
    await mia.run('/coach log');
    const trigger = String(raw.received[0]?.payload['trigger_id']);
    await client.views.open({ trigger_id: trigger, view: logModal() });
    await mia.modal().fill('One thing to try', 'Ask twice');
    raw.answer = () => null;
    expect(await mia.modal().submit()).toMatchObject({ status: 'failed', failure: TROUBLE });
    expect(mia.modal()).toMatchObject({ failure: TROUBLE, errors: {} });
    expect(mia.modal().value('One thing to try')).toBe('Ask twice');
    raw.answer = () => ({});
    expect((await mia.modal().submit()).closed).toBe(true);
  });

  it('tells the person about a press, in the modal or beside the message', async () => {
    await mia.run('/coach log');
    await client.views.open({ trigger_id: String(raw.received[0]?.payload['trigger_id']), view: logModal() });
    raw.answer = () => ({ status: 500 });
    await mia.modal().press('More');
    expect(mia.modal().failure).toBe(TROUBLE);
    const blocks = [
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
      },
    ];
    await client.chat.postMessage({ channel: MIA, text: 'Press', blocks });
    await mia.dm()[0]?.press('Go');
    expect(mia.notices()).toEqual([TROUBLE]);
  });

  it('gets an event again, numbered, until it answers', async () => {
    raw.answer = () => (raw.received.length < 3 ? { status: 500 } : {});
    mia.say('hello');
    await slack.settled();
    expect(
      raw.received.map((one) => [one.headers['x-slack-retry-num'], one.headers['x-slack-retry-reason']]),
    ).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
    ]);
    expect(new Set(raw.received.map((one) => one.payload['event_id'])).size).toBe(1);
  });
});
