import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { Person } from '#test/person.ts';
import { startRawApp } from './raw-app.ts';
import { logModal } from './tiny-app.ts';
import { APP, GENERAL, MIA, SAM, startWorkspace } from './workspace.ts';

const clientFor = (slack: LocalSlack) =>
  new WebClient(APP.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });

let slack: LocalSlack;
let client: WebClient;
let mia: Person;

beforeEach(async () => {
  slack = await startWorkspace();
  client = clientFor(slack);
  mia = new Person(slack, MIA);
});

afterEach(() => slack.close());

describe('a snapshot', () => {
  it('survives JSON and carries messages, modals with what was typed, tabs and reading marks', async () => {
    const raw = await startRawApp(slack);
    const { ts = '', channel = '' } = await client.chat.postMessage({ channel: MIA, text: 'one' });
    mia.session.markRead(channel);
    await client.chat.postMessage({ channel: MIA, text: 'two' });
    await client.views.publish({ user_id: MIA, view: { type: 'home', blocks: [{ type: 'divider' }] } });
    await mia.run('/coach log');
    const trigger = String(raw.received.at(-1)?.payload['trigger_id']);
    const url = String(raw.received.at(-1)?.payload['response_url']);
    await client.views.open({ trigger_id: trigger, view: logModal() });
    await mia.modal().fill('One thing to try', 'Ask twice');
    await raw.close();

    const snapshot = JSON.parse(JSON.stringify(slack.snapshot()));
    const again = await startWorkspace({ snapshot });
    const person = new Person(again, MIA);
    expect(person.dm().map((one) => one.text)).toEqual(['one', 'two']);
    expect(person.session.conversations().find((one) => one.id === channel)?.unread).toBe(1);
    expect(person.modal().value('One thing to try')).toBe('Ask twice');
    expect(person.session.home()).not.toBeNull();
    const { channel: same = '', ts: later = '' } = await clientFor(again).chat.postMessage({
      channel: MIA,
      text: 'three',
    });
    expect(same).toBe(channel);
    expect(later > ts).toBe(true);
    const path = new URL(url).pathname;
    const answered = await fetch(`${again.url}${path}`, {
      method: 'POST',
      body: JSON.stringify({ text: 'late' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answered.status).toBe(200);
    await again.close();
  });

  it('does not change with the workspace it was taken of', async () => {
    const snapshot = slack.snapshot();
    await client.chat.postMessage({ channel: MIA, text: 'later' });
    expect(JSON.stringify(snapshot)).not.toContain('later');
  });

  it('gives timestamps after its own even when the machine clock went back', async () => {
    const { ts = '' } = await client.chat.postMessage({ channel: MIA, text: 'one' });
    const again = await startWorkspace({ snapshot: slack.snapshot(), machineNow: () => 1e12 });
    const { ts: next = '' } = await clientFor(again).chat.postMessage({ channel: MIA, text: 'two' });
    expect(next > ts).toBe(true);
    await again.close();
  });
});

describe('unread counts', () => {
  const unread = (person: Person) => person.session.conversations().find((one) => one.id === GENERAL)?.unread;

  it('leave out one’s own messages and what was read', async () => {
    const sam = new Person(slack, SAM);
    sam.say('hello', { in: 'general' });
    expect([unread(mia), unread(sam)]).toEqual([1, 0]);
    mia.session.markRead(GENERAL);
    await client.chat.postMessage({ channel: GENERAL, text: 'more' });
    expect([unread(mia), unread(sam)]).toEqual([1, 1]);
  });

  it('count a reply only for those who are mentioned or take part', async () => {
    const { ts = '' } = await client.chat.postMessage({ channel: GENERAL, text: 'thread' });
    const sam = new Person(slack, SAM);
    mia.session.markRead(GENERAL);
    sam.session.markRead(GENERAL);
    await client.chat.postMessage({ channel: GENERAL, thread_ts: ts, text: 'nobody is told' });
    expect([unread(mia), unread(sam)]).toEqual([0, 0]);
    await client.chat.postMessage({ channel: GENERAL, thread_ts: ts, text: `<@${MIA}> you are` });
    expect([unread(mia), unread(sam)]).toEqual([1, 0]);
  });
});

describe('files', () => {
  it('are uploaded by the app in three steps and shared', async () => {
    const sent = { channel_id: GENERAL, filename: 'a.csv', content: 'x,y', initial_comment: 'Here' };
    await client.filesUploadV2(sent);
    expect(mia.channel('general')).toMatchObject([
      { text: 'Here', shown: { files: [{ name: 'a.csv', size: 3 }] } },
    ]);
  });

  it('of a person are given only to the app’s token', async () => {
    const raw = await startRawApp(slack);
    await mia.run('/coach log');
    await client.views.open({
      trigger_id: String(raw.received.at(-1)?.payload['trigger_id']),
      view: {
        ...logModal(),
        blocks: [
          {
            type: 'input',
            block_id: 'people',
            label: { type: 'plain_text', text: 'People' },
            element: { type: 'file_input', action_id: 'file', filetypes: ['csv'] },
          },
        ],
      },
    });
    const csv = { name: 'people.csv', mimetype: 'text/csv', base64: btoa('a,b') };
    await expect(mia.modal().attach('People', { ...csv, name: 'people.exe' })).rejects.toThrow(
      'of another type',
    );
    await mia.modal().attach('People', csv);
    await mia.modal().submit();
    const shown = JSON.stringify(raw.received.at(-1)?.payload['view']);
    const [, link = ''] = /"url_private":"([^"]+)"/.exec(shown) ?? [];
    const [, id = ''] = /"files":\[\{"id":"(\w+)"/.exec(shown) ?? [];
    const get = (token: string) =>
      fetch(link, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });
    expect(await (await get(APP.botToken)).text()).toBe('a,b');
    expect((await get('xoxb-other')).status).toBe(302);
    expect((await client.files.info({ file: id })).file).toMatchObject({ name: 'people.csv', user: MIA });
    await raw.close();
  });
});

describe('the inspector page', () => {
  it('shows who got what, escaped', async () => {
    const blocks = [
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'Go' } }],
      },
    ];
    await client.chat.postMessage({ channel: MIA, text: '<script>alert(1)</script>', blocks });
    const page = await (await fetch(slack.url)).text();
    expect(page).toContain('Mia Chen');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('[Go]');
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('Sam Ortiz');
  });
});

describe('the consent page', () => {
  it('sends the person back with a code and the state', async () => {
    const own = await startWorkspace({ app: { ...APP, clientId: '1.2', clientSecret: 's' } });
    const query = new URLSearchParams({
      client_id: '1.2',
      redirect_uri: 'http://localhost/back',
      state: 'st',
    });
    const answer = await fetch(`${own.url}/oauth/v2/authorize?${query}`, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.searchParams.get('state')).toBe('st');
    const code = back.searchParams.get('code') ?? '';
    const access = await new WebClient(undefined, { slackApiUrl: own.apiUrl }).oauth.v2.access({
      client_id: '1.2',
      client_secret: 's',
      code,
    });
    expect(access).toMatchObject({ authed_user: { id: MIA } });
    await own.close();
  });
});
