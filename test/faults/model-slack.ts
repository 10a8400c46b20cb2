import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestClock } from '#test/delivery/clock.ts';

/** What becomes of a post: whether it stands, and what the app hears of it. */
export const postAnswers = [
  'ok',
  'stands, answer lost',
  'stands, internal_error',
  'stands later, answer lost',
  'not there, 500',
  'not there, reset',
  'not there, 429',
  'not there, refused for good',
  'not there, refused for now',
] as const;
export type PostAnswer = (typeof postAnswers)[number];

/** What becomes of any other call. */
export const callAnswers = ['ok', 'done, answer lost', '500', 'reset', '429', 'missing_scope'] as const;
export type CallAnswer = (typeof callAnswers)[number];

export interface StoredPost {
  key: string;
  receiverId: string;
  channel: string;
  ts: string;
  /** As it was posted, and as it stands now. */
  first: string;
  text: string;
  /** Business time at which it was written. */
  at: number;
  /** Machine time from which Slack shows it. */
  visibleFrom: number;
}

/** A Slack in this process, which does with each call what it was told to. */
export interface ModelSlack {
  apiUrl: string;
  posts: readonly StoredPost[];
  /** Calls to post so far, by token. */
  postsBy(token: string): number;
  /** From now on: by receiver the answers to their next posts, and those to the next other calls. */
  will(posts: ReadonlyMap<string, PostAnswer>, calls: readonly CallAnswer[]): void;
  /** As a person who looks sees it. */
  stands(key: string): boolean;
  reset(clock: TestClock): void;
  close(): Promise<void>;
}

const channelOf = (receiverId: string): string => `D${receiverId}`;
const receiverOf = (channel: string): string => channel.slice(1);

/** Well within what is left of the quarantine after the fence. */
const acceptedAfter = 25_000;

/** A few pages even of a short conversation. */
const pageSize = 2;

export async function startModelSlack(): Promise<ModelSlack> {
  let clock: TestClock;
  let posts: StoredPost[] = [];
  let answers = new Map<string, PostAnswer>();
  let calls: CallAnswer[] = [];
  const byToken = new Map<string, number>();

  const store = (given: Given, after: number): StoredPost => {
    const visibleFrom = clock.machineNow() + after;
    const number = String(posts.length + 1).padStart(6, '0');
    const post: StoredPost = {
      key: given.metadata?.event_payload?.key ?? '',
      receiverId: receiverOf(given.channel),
      channel: given.channel,
      ts: `${Math.floor(visibleFrom / 1000)}.${number}`,
      first: given.text,
      text: given.text,
      at: clock.now(),
      visibleFrom,
    };
    posts.push(post);
    return post;
  };

  const onPost = (given: Given, token: string): Answer => {
    byToken.set(token, (byToken.get(token) ?? 0) + 1);
    const receiverId = receiverOf(given.channel);
    const answer = answers.get(receiverId) ?? 'ok';
    answers.delete(receiverId);
    switch (answer) {
      case 'ok':
        return { ok: true, channel: given.channel, ts: store(given, 0).ts };
      case 'stands, answer lost':
        store(given, 0);
        return 'reset';
      case 'stands, internal_error':
        store(given, 0);
        return { ok: false, error: 'internal_error' };
      case 'stands later, answer lost':
        store(given, acceptedAfter);
        return 'reset';
      case 'not there, 500':
        return '500';
      case 'not there, reset':
        return 'reset';
      case 'not there, 429':
        return '429';
      case 'not there, refused for good':
        return { ok: false, error: 'msg_too_long' };
      case 'not there, refused for now':
        return { ok: false, error: 'invalid_auth' };
    }
  };

  const done: Record<string, (given: Given) => Answer> = {
    'conversations.open': ({ users }) => ({ ok: true, channel: { id: channelOf(users ?? '') } }),
    'chat.update': ({ channel, ts, text }) => {
      const post = posts.find((one) => one.channel === channel && one.ts === ts);
      if (post === undefined) return { ok: false, error: 'message_not_found' };
      post.text = text;
      return { ok: true, channel, ts, text };
    },
    'conversations.history': ({ channel, oldest = '0', cursor }) => {
      const found = posts
        .filter((one) => one.channel === channel && one.visibleFrom <= clock.machineNow())
        .filter((one) => Number(one.ts) >= Number(oldest))
        .filter((one) => cursor === undefined || Number(one.ts) < Number(cursor))
        .toSorted((a, b) => Number(b.ts) - Number(a.ts));
      const page = found.slice(0, pageSize);
      const more = found.length > page.length;
      return {
        ok: true,
        messages: page.map(({ ts, text, key }) => ({ ts, text, metadata: { event_payload: { key } } })),
        has_more: more,
        ...(more && { response_metadata: { next_cursor: page.at(-1)?.ts } }),
      };
    },
  };

  const onCall = (method: string, given: Given): Answer => {
    const answer = calls.shift() ?? 'ok';
    if (answer === '500' || answer === '429' || answer === 'reset') return answer;
    if (answer === 'missing_scope') return { ok: false, error: 'missing_scope' };
    const result = done[method]?.(given) ?? { ok: false, error: 'unknown_method' };
    return answer === 'ok' ? result : 'reset';
  };

  const server = createServer(async (request, response) => {
    const given = readGiven(request.headers['content-type'] ?? '', await bodyOf(request));
    const method = (request.url ?? '').replace('/api/', '');
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    answerWith(
      request,
      response,
      method === 'chat.postMessage' ? onPost(given, token) : onCall(method, given),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    get posts() {
      return posts;
    },
    postsBy: (token) => byToken.get(token) ?? 0,
    will(givenPosts, givenCalls) {
      answers = new Map(givenPosts);
      calls = [...givenCalls];
    },
    stands: (key) => posts.some((one) => one.key === key && one.visibleFrom <= clock.machineNow()),
    reset(newClock) {
      clock = newClock;
      posts = [];
      answers.clear();
      calls = [];
      byToken.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Given {
  channel: string;
  text: string;
  metadata?: { event_payload?: { key?: string } };
  users?: string;
  ts?: string;
  oldest?: string;
  cursor?: string;
}

type Answer = object | 'reset' | '500' | '429';

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function readGiven(type: string, body: string): Given {
  const given = type.includes('json') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
  return given as Given;
}

function answerWith(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer === 'reset') {
    request.socket.destroy();
    return;
  }
  const status = typeof answer === 'string' ? Number(answer) : 200;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(answer === '429' && { 'retry-after': '3' }),
  });
  response.end(JSON.stringify(typeof answer === 'string' ? { ok: false, error: 'ratelimited' } : answer));
}
