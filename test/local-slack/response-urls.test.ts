import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { Person } from '#test/person.ts';
import { type RawApp, startRawApp } from './raw-app.ts';
import { APP, handClock, MIA, SAM, startWorkspace } from './workspace.ts';

const MINUTE = 60_000;
const button = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' }, value: 'v' }],
};

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

async function answer(body: unknown): Promise<{ status: number; text: string }> {
  const url = String(raw.received.findLast((one) => one.payload['response_url'])?.payload['response_url']);
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: JSON_TYPE });
  return { status: response.status, text: await response.text() };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const seen = (person: Person) => person.channel('general').map((one) => one.text);
const whispered = (person: Person) => person.ephemeral().map((one) => one.text);

describe('the response_url of a command', () => {
  it('answers its author only, or everybody in the channel', async () => {
    await mia.run('/coach log', { in: 'general' });
    expect(await answer({ text: 'for you' })).toEqual({ status: 200, text: 'ok' });
    await answer({ text: 'for all', response_type: 'in_channel' });
    expect(whispered(mia)).toEqual(['for you']);
    const sam = new Person(slack, SAM);
    expect(whispered(sam)).toEqual([]);
    expect(seen(sam)).toEqual(['for all']);
  });

  it('reaches where the app itself may not post', async () => {
    await mia.run('/coach log', { in: 'managers' });
    expect((await answer({ text: 'for you' })).status).toBe(200);
    expect(whispered(mia)).toEqual(['for you']);
  });

  it('has nothing to replace: replace_original adds a message', async () => {
    await mia.run('/coach log');
    await answer({ text: 'first' });
    await answer({ text: 'second', replace_original: true });
    expect(whispered(mia)).toEqual(['first', 'second']);
  });

  it('works five times', async () => {
    await mia.run('/coach log');
    for (let n = 1; n <= 5; n++) expect((await answer({ text: `${n}` })).status).toBe(200);
    expect(await answer({ text: '6' })).toMatchObject({
      status: 404,
      text: expect.stringContaining('used_url'),
    });
    expect(whispered(mia)).toHaveLength(5);
  });

  it('works for half an hour of machine time', async () => {
    await mia.run('/coach log');
    clock.forward(30 * MINUTE);
    expect((await answer({ text: 'in time' })).status).toBe(200);
    clock.forward(1);
    expect(await answer({ text: 'late' })).toMatchObject({
      status: 404,
      text: expect.stringContaining('expired_url'),
    });
    expect(whispered(mia)).toEqual(['in time']);
  });

  it('refuses what is empty or breaks the rules, without using itself up', async () => {
    await mia.run('/coach log');
    for (let n = 1; n <= 6; n++) expect((await answer({})).status).toBe(400);
    const bad = {
      text: 'x',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }],
    };
    expect(await answer(bad)).toMatchObject({ status: 400, text: expect.stringContaining('invalid_blocks') });
    expect((await answer({ text: 'good' })).status).toBe(200);
  });
});

describe('the response_url of a pressed button', () => {
  beforeEach(async () => {
    await client.chat.postMessage({ channel: MIA, text: 'Press', blocks: [button] });
    await mia.dm()[0]?.press('Go');
  });

  it('carries what Slack tells of a press', () => {
    expect(raw.received.at(-1)?.payload).toMatchObject({
      type: 'block_actions',
      user: { id: MIA, username: 'mia', team_id: 'T0LOCAL001' },
      container: { type: 'message', message_ts: mia.dm()[0]?.shown.ts, is_ephemeral: false },
      channel: { id: mia.dm()[0]?.shown.channel, name: 'directmessage' },
      message: { text: 'Press', bot_id: APP.botId },
      state: { values: {} },
      actions: [
        { type: 'button', action_id: 'go', value: 'v', text: { text: 'Go' }, action_ts: expect.any(String) },
      ],
    });
  });

  it('replaces the message, also when it does not say so', async () => {
    await answer({ text: 'Once', replace_original: 'true' });
    expect(mia.dm()).toMatchObject([{ text: 'Once', buttons: [] }]);
    await answer({ text: 'Twice' });
    expect(mia.dm().map((one) => one.text)).toEqual(['Twice']);
  });

  it('adds a message when told not to replace', async () => {
    await answer({ text: 'for you', replace_original: false });
    await answer({ text: 'for you too', response_type: 'ephemeral' });
    await answer({ text: 'for all', response_type: 'in_channel' });
    expect(mia.dm().map((one) => one.text)).toEqual(['Press', 'for all']);
    expect(whispered(mia)).toEqual(['for you', 'for you too']);
  });

  it('deletes the message, which is then gone for good', async () => {
    expect((await answer({ delete_original: true })).status).toBe(200);
    expect(mia.dm()).toEqual([]);
    expect(await answer({ text: 'again', replace_original: true })).toMatchObject({
      status: 400,
      text: expect.stringContaining('message_not_found'),
    });
  });
});

describe('the response_url of a press in an ephemeral message', () => {
  it('replaces and deletes what only this person sees', async () => {
    await mia.run('/coach log');
    await answer({ text: 'Choose', blocks: [button] });
    await mia.ephemeral()[0]?.press('Go');
    const press = raw.received.at(-1)?.payload;
    expect(press).toMatchObject({ container: { is_ephemeral: true } });
    expect(press).not.toHaveProperty('message');
    await answer({ text: 'Chosen', replace_original: true });
    expect(whispered(mia)).toEqual(['Chosen']);
    await answer({ delete_original: true });
    expect(whispered(mia)).toEqual([]);
  });
});
