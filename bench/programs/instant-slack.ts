/**
 * A Slack that answers everything at once and remembers nothing, as a process of its own. With a number it takes no more
 * posts than that a minute for a workspace, and one a second in a conversation. With a second number it knows so many
 * people.
 */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const perMinute = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const people = Number(process.argv[3] ?? 0);
const minute = 60_000;
const second = 1_000;

let posted = 0;
let refused = 0;
const recent = new Map<string, number[]>();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { pathname } = new URL(request.url ?? '/', 'http://slack');
    const method = pathname.slice(pathname.lastIndexOf('/') + 1);
    const body = Buffer.concat(chunks).toString('utf8');
    const wait = method === 'chat.postMessage' ? waitFor(body) : 0;
    if (wait > 0) {
      refused += 1;
      response.writeHead(429, { 'retry-after': String(Math.ceil(wait / second)) }).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-oauth-scopes': 'commands,chat:write,im:write,im:history,users:read,users:read.email',
    });
    response.end(JSON.stringify(answerTo(method, body)));
  });
});

/** In milliseconds; nothing where the post may go ahead and has been counted. */
function waitFor(body: string): number {
  if (perMinute === Number.POSITIVE_INFINITY) return 0;
  const { channel } = JSON.parse(body) as { channel: string };
  const [workspace = ''] = /^D\d+/.exec(channel) ?? [];
  const now = Date.now();
  const windows = [
    { calls: within(`workspace ${workspace}`, minute, now), most: perMinute, length: minute },
    { calls: within(`channel ${channel}`, second, now), most: 1, length: second },
  ];
  const full = windows.find(({ calls, most }) => calls.length >= most);
  if (full !== undefined) return Math.max(1, (full.calls[0] ?? now) + full.length - now);
  for (const { calls } of windows) calls.push(now);
  return 0;
}

function within(name: string, length: number, now: number): number[] {
  const calls = (recent.get(name) ?? []).filter((at) => at > now - length);
  recent.set(name, calls);
  return calls;
}

function answerTo(method: string, body: string): object {
  if (method === 'auth.test') {
    return { ok: true, team_id: 'T0', team: 'Workspace 0', user_id: 'UBOT', bot_id: 'BBOT' };
  }
  if (method === 'chat.postMessage') {
    posted += 1;
    const { channel } = JSON.parse(body) as { channel: string };
    return { ok: true, channel, ts: `${1_772_000_000 + posted}.000100` };
  }
  if (method === 'users.list') return pageOfPeople(new URLSearchParams(body));
  return { ok: true };
}

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/Los_Angeles'];

function pageOfPeople(asked: URLSearchParams): object {
  const from = Number(asked.get('cursor') ?? 0);
  const to = Math.min(from + Number(asked.get('limit')), people);
  const members = Array.from({ length: to - from }, (_, index) => {
    const number = String(from + index).padStart(6, '0');
    return {
      id: `U${number}`,
      team_id: 'T0',
      name: `u${number}`,
      tz: zones[index % zones.length],
      profile: { real_name: `Person ${number}`, email: `u${number}@example.test` },
    };
  });
  return { ok: true, members, response_metadata: { next_cursor: to < people ? String(to) : '' } };
}

server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/` });
});
process.on('message', () => process.send?.({ refused }));
process.on('disconnect', () => process.exit());
