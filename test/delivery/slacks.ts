import { type LocalSlack, startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { askOnce } from '#test/slack/asking.ts';
import { startEmulator } from '#test/slack/emulator.ts';
import { type FaultySlack, type Limits, startFaultySlack } from '#test/slack/faulty-slack.ts';

/** Ours, and somebody else's idea of Slack: never only our own. */
export const slackKinds = ['local', 'emulator'] as const;
export type SlackKind = (typeof slackKinds)[number];

export interface StandingMessage {
  ts: string;
  text: string;
  key: string | undefined;
}

/** A Slack behind the proxy that breaks what it is told to. */
export interface TestSlack {
  faulty: FaultySlack;
  /** The way past the faults. */
  directUrl: string;
  workspaceId: string;
  botUserId: string;
  token: string;
  userId(name: string): string;
  /** What really stands in the app's conversation with this person, oldest first; read past the faults. */
  messagesTo(name: string): Promise<StandingMessage[]>;
  /** Posts something else into that conversation. */
  say(name: string, text: string): Promise<void>;
  /** Takes a message away, as an administrator can. */
  remove(name: string, ts: string): Promise<void>;
  /** Ours alone: there people press buttons. */
  local: LocalSlack | undefined;
  close(): Promise<void>;
}

export interface SlackOptions {
  kind: SlackKind;
  people: readonly string[];
  scopes?: readonly string[];
  limits?: Limits;
  /** The proxy's limits count by it. */
  now?: () => number;
}

const scopes = 'commands chat:write im:write im:history users:read users:read.email'.split(' ');

export async function startTestSlack(options: SlackOptions): Promise<TestSlack> {
  const upstream = await (options.kind === 'local' ? startOurs(options) : startTheirs(options));
  const { limits, now } = options;
  const faulty = await startFaultySlack({
    upstream: upstream.url,
    ...(limits && { limits }),
    ...(now && { now }),
  });
  const direct = askOnce(`${upstream.url}/api/`, upstream.token);
  const conversationWith = async (name: string): Promise<string> => {
    const { channel } = await direct.conversations.open({ users: upstream.userId(name) });
    if (channel?.id === undefined) throw new Error(`there is no conversation with ${name}`);
    return channel.id;
  };
  return {
    ...upstream,
    faulty,
    directUrl: `${upstream.url}/api/`,
    async messagesTo(name) {
      const channel = await conversationWith(name);
      const { messages = [] } = await direct.conversations.history({
        channel,
        limit: 999,
        include_all_metadata: true,
      });
      return messages
        .reverse()
        .map(({ ts = '', text = '', metadata }) => ({ ts, text, key: keyOf(metadata) }));
    },
    async say(name, text) {
      await direct.chat.postMessage({ channel: await conversationWith(name), text });
    },
    async remove(name, ts) {
      await direct.chat.delete({ channel: await conversationWith(name), ts });
    },
    async close() {
      await faulty.close();
      await upstream.close();
    },
  };
}

type Upstream = Pick<TestSlack, 'workspaceId' | 'botUserId' | 'token' | 'userId' | 'local' | 'close'> & {
  url: string;
};

async function startOurs(options: SlackOptions): Promise<Upstream> {
  const workspaceId = 'T0DELIVERY';
  const botUserId = 'U0SIDELINE';
  const token = 'xoxb-test';
  const slack = await startLocalSlack({
    team: { id: workspaceId, name: 'Delivery' },
    app: {
      appId: 'A0SIDELINE',
      botUserId,
      botId: 'B0SIDELINE',
      name: 'Sideline',
      botToken: token,
      signingSecret: 'secret',
      scopes: [...(options.scopes ?? scopes)],
    },
    users: options.people.map((name) => ({
      id: idOf(name),
      name,
      realName: name,
      email: `${name}@example.test`,
      tz: 'UTC',
    })),
  });
  return {
    url: slack.url,
    workspaceId,
    botUserId,
    token,
    userId: idOf,
    local: slack,
    close: () => slack.close(),
  };
}

const idOf = (name: string): string => `U${name.toUpperCase()}`;

async function startTheirs(options: SlackOptions): Promise<Upstream> {
  const emulator = await startEmulator({
    users: options.people.map((name) => ({ name })),
    ...(options.scopes && { scopes: options.scopes }),
  });
  const { url, teamId, botUserId, botToken, userId, close } = emulator;
  return { url, workspaceId: teamId, botUserId, token: botToken, userId, local: undefined, close };
}

function keyOf(metadata: unknown): string | undefined {
  const { event_payload: payload } = (metadata ?? {}) as { event_payload?: { key?: string } };
  return payload?.key;
}
