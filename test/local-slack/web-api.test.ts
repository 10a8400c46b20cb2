import { type UsersListResponse, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { APP, BOT, GENERAL, GONE, MIA, PRIVATE, SAM, startWorkspace, WORKSPACE } from './workspace.ts';

const quiet = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };

function clientFor(slack: LocalSlack, token: string | undefined = APP.botToken): WebClient {
  return new WebClient(token, { slackApiUrl: slack.apiUrl, ...quiet });
}

function refused(code: string, extra: object = {}) {
  return { data: { ok: false, error: code, ...extra } };
}

let slack: LocalSlack;
let client: WebClient;

beforeEach(async () => {
  slack = await startWorkspace();
  client = clientFor(slack);
});

afterEach(() => slack.close());

describe('tokens and scopes', () => {
  it('tells who the app is', async () => {
    expect(await client.auth.test()).toMatchObject({
      team_id: 'T0LOCAL001',
      user_id: BOT,
      bot_id: APP.botId,
      response_metadata: { scopes: APP.scopes },
    });
  });

  it('refuses calls without a token, with a wrong one, and with one of the wrong kind', async () => {
    await expect(
      new WebClient(undefined, { slackApiUrl: slack.apiUrl, ...quiet }).auth.test(),
    ).rejects.toMatchObject(refused('not_authed'));
    await expect(clientFor(slack, 'xoxb-other').auth.test()).rejects.toMatchObject(refused('invalid_auth'));
    await expect(client.apps.connections.open()).rejects.toMatchObject(refused('not_allowed_token_type'));
    await expect(clientFor(slack, APP.appToken).auth.test()).rejects.toMatchObject(
      refused('not_allowed_token_type'),
    );
  });

  it('takes a token from the body, as form and as JSON', async () => {
    const url = `${slack.apiUrl}auth.test`;
    const form = await fetch(url, { method: 'POST', body: new URLSearchParams({ token: APP.botToken }) });
    expect(await form.json()).toMatchObject({ ok: true });
    const json = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: APP.botToken }),
    });
    expect(await json.json()).toMatchObject({ ok: true });
  });

  it('names the scope that is missing, and by kind of conversation', async () => {
    const provided = APP.scopes.join(',');
    await expect(client.usergroups.list()).rejects.toMatchObject(
      refused('missing_scope', { needed: 'usergroups:read', provided }),
    );
    const { channel } = await client.conversations.open({ users: MIA });
    await client.conversations.history({ channel: channel?.id ?? '' });
    await expect(client.conversations.info({ channel: GENERAL })).rejects.toMatchObject(
      refused('missing_scope', { needed: 'im:read,channels:read,groups:read', provided }),
    );
  });

  it('does not know other methods', async () => {
    await expect(client.apiCall('coach.me')).rejects.toMatchObject(refused('unknown_method'));
  });

  it('is locked out once uninstalled, and let in again by OAuth', async () => {
    const own = await startWorkspace({ app: { ...APP, clientId: '1.2', clientSecret: 'hush' } });
    own.uninstall();
    await expect(clientFor(own).auth.test()).rejects.toMatchObject(refused('account_inactive'));
    const code = own.issueOAuthCode(MIA);
    const ask = { client_id: '1.2', client_secret: 'hush', code };
    const anyone = new WebClient(undefined, { slackApiUrl: own.apiUrl, ...quiet });
    await expect(anyone.oauth.v2.access({ ...ask, client_secret: 'no' })).rejects.toMatchObject(
      refused('bad_client_secret'),
    );
    expect(await anyone.oauth.v2.access(ask)).toMatchObject({
      access_token: APP.botToken,
      team: { id: 'T0LOCAL001' },
      authed_user: { id: MIA },
    });
    await expect(anyone.oauth.v2.access(ask)).rejects.toMatchObject(refused('code_already_used'));
    expect(await clientFor(own).auth.test()).toMatchObject({ ok: true });
    expect(JSON.stringify(own.calls.list())).not.toMatch(/hush|xoxb/);
    await own.close();
  });
});

describe('people', () => {
  it('lists everybody by pages, Slackbot, bots and those who left included', async () => {
    const seen: string[] = [];
    for await (const page of client.paginate('users.list', { limit: 2 })) {
      const { members = [] } = page as UsersListResponse;
      expect(members.length).toBeLessThanOrEqual(2);
      seen.push(...members.map((one) => one.id ?? ''));
    }
    expect(seen).toEqual(['USLACKBOT', BOT, ...WORKSPACE.users.map((one) => one.id)]);
  });

  it('shows the time zone, and the address only with its scope', async () => {
    const { user } = await client.users.info({ user: SAM, include_locale: true });
    expect(user).toMatchObject({
      tz: 'America/New_York',
      is_bot: false,
      locale: 'en-US',
      profile: { email: 'sam@example.com' },
    });
    expect([-18_000, -14_400]).toContain(user?.tz_offset);
    expect((await client.users.info({ user: GONE })).user).toMatchObject({ deleted: true });
    const own = await startWorkspace({ app: { ...APP, scopes: ['users:read'] } });
    const shown = await clientFor(own).users.info({ user: SAM });
    expect(shown.user?.profile).not.toHaveProperty('email');
    await own.close();
  });

  it('finds by address only those who have not left', async () => {
    expect((await client.users.lookupByEmail({ email: 'Sam@Example.com' })).user?.id).toBe(SAM);
    await expect(client.users.lookupByEmail({ email: 'gone@example.com' })).rejects.toMatchObject(
      refused('users_not_found'),
    );
  });
});

describe('direct messages', () => {
  it('opens one for ever, and none with bots or those who left', async () => {
    const first = await client.conversations.open({ users: MIA });
    expect(first.channel?.id).toMatch(/^D/);
    expect(await client.conversations.open({ users: MIA })).toMatchObject({
      already_open: true,
      channel: { id: first.channel?.id },
    });
    await expect(client.conversations.open({ users: GONE })).rejects.toMatchObject(refused('user_disabled'));
    await expect(client.conversations.open({ users: 'U0NOBODY01' })).rejects.toMatchObject(
      refused('user_not_found'),
    );
    await expect(client.conversations.open({ users: BOT })).rejects.toMatchObject(refused('cannot_dm_bot'));
  });

  it('takes messages for somebody who left only into a conversation that was there before', async () => {
    await expect(client.chat.postMessage({ channel: GONE, text: 'Hi' })).rejects.toMatchObject(
      refused('channel_not_found'),
    );
    const { channel } = await client.conversations.open({ users: SAM });
    slack.changeUser(SAM, { deleted: true });
    expect(await client.chat.postMessage({ channel: channel?.id ?? '', text: 'Hi' })).toMatchObject({
      ok: true,
    });
  });
});

describe('messages', () => {
  it('go to a channel id or a person, and come back as Slack keeps them', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Hello' } }];
    const sent = await client.chat.postMessage({ channel: MIA, text: 'Hello', blocks });
    expect(sent.channel).toMatch(/^D/);
    expect(sent.ts).toMatch(/^\d{10}\.\d{6}$/);
    expect(sent.message).toMatchObject({ bot_id: APP.botId, app_id: APP.appId, user: BOT, text: 'Hello' });
    expect(sent.message?.blocks?.[0]).toMatchObject({
      block_id: expect.any(String),
      text: { type: 'mrkdwn', text: 'Hello', verbatim: false },
    });
  });

  it('have timestamps that rise within one millisecond', async () => {
    const own = await startWorkspace({ machineNow: () => 1_772_442_000_000 });
    const posts = [1, 2, 3].map((one) => clientFor(own).chat.postMessage({ channel: MIA, text: `${one}` }));
    const stamps = (await Promise.all(posts)).map((one) => one.ts ?? '');
    expect(new Set(stamps).size).toBe(3);
    expect(stamps.every((one) => one.startsWith('1772442000.'))).toBe(true);
    await own.close();
  });

  it.each([
    [{ channel: 'C0NOWHERE1', text: 'x' }, 'channel_not_found'],
    [{ channel: PRIVATE, text: 'x' }, 'channel_not_found'],
    [{ channel: 'C0OTHER001', text: 'x' }, 'not_in_channel'],
    [{ channel: 'C0OLD00001', text: 'x' }, 'is_archived'],
    [{ channel: GENERAL, text: '' }, 'no_text'],
    [{ channel: GENERAL, text: 'x'.repeat(40_001) }, 'msg_too_long'],
  ])('are refused as Slack refuses them: %#', async (given, code) => {
    await expect(client.chat.postMessage(given)).rejects.toMatchObject(refused(code));
  });

  it('are refused with reasons when their blocks break the rules', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }];
    await expect(client.chat.postMessage({ channel: GENERAL, text: 'x', blocks })).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: { messages: [expect.stringContaining('blocks[0].text')] },
      },
    });
    expect(slack.snapshot().messages[GENERAL] ?? []).toEqual([]);
  });

  it('lose their blocks when updated with text alone, keep metadata unless told otherwise', async () => {
    const metadata = { event_type: 'sideline_delivery', event_payload: { key: 'k1' } };
    const blocks = [{ type: 'divider' }];
    const { channel = '', ts = '' } = await client.chat.postMessage({
      channel: MIA,
      text: 'a',
      blocks,
      metadata,
    });
    const changed = await client.chat.update({ channel, ts, text: 'b' });
    expect(changed.message).toMatchObject({ text: 'b', metadata });
    expect(changed.message).not.toHaveProperty('blocks');
    await client.apiCall('chat.update', { channel, ts, text: 'c', metadata: {} });
    const { messages } = await client.conversations.history({ channel, include_all_metadata: true });
    expect(messages?.[0]).toMatchObject({ text: 'c', edited: { user: BOT } });
    expect(messages?.[0]).not.toHaveProperty('metadata');
  });

  it('can be changed and deleted only by their author, under their channel id', async () => {
    const { channel = '', ts = '' } = await client.chat.postMessage({ channel: MIA, text: 'a' });
    const said = slack.person(MIA).say(channel, 'mine');
    await expect(client.chat.update({ channel: MIA, ts, text: 'b' })).rejects.toMatchObject(
      refused('channel_not_found'),
    );
    await expect(client.chat.update({ channel, ts: '1.000001', text: 'b' })).rejects.toMatchObject(
      refused('message_not_found'),
    );
    await expect(client.chat.update({ channel, ts: said, text: 'b' })).rejects.toMatchObject(
      refused('cant_update_message'),
    );
    await expect(client.chat.delete({ channel, ts: said })).rejects.toMatchObject(
      refused('cant_delete_message'),
    );
    await client.chat.delete({ channel, ts });
    expect(
      slack
        .person(MIA)
        .appMessages()
        .map((one) => one.text),
    ).toEqual(['mine']);
  });

  it('can be for one person only, who must be there', async () => {
    await client.chat.postEphemeral({ channel: GENERAL, user: MIA, text: 'psst' });
    expect(slack.person(MIA).messages(GENERAL)).toMatchObject([{ text: 'psst', ephemeral: true }]);
    expect(slack.person(SAM).messages(GENERAL)).toEqual([]);
    expect((await client.conversations.history({ channel: GENERAL })).messages).toEqual([]);
    await expect(
      client.chat.postEphemeral({ channel: GENERAL, user: GONE, text: 'psst' }),
    ).rejects.toMatchObject(refused('user_not_in_channel'));
  });

  it('show business time while their ts is machine time', async () => {
    const own = await startWorkspace({ machineNow: () => 2e12, businessNow: () => 1e12 });
    const { ts } = await clientFor(own).chat.postMessage({ channel: MIA, text: 'a' });
    expect(ts).toMatch(/^2000000000\./);
    expect(own.person(MIA).appMessages()[0]?.shownAt).toBe(1e12);
    await own.close();
  });
});
