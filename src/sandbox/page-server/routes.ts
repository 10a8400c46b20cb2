import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBytes } from '../local-slack/http/body.ts';
import { jsonReply, type Reply, textReply } from '../local-slack/http/reply.ts';
import { callLines, callWhole } from './calls.ts';
import { deeds, isDeed } from './deeds.ts';
import { deskOf } from './desk.ts';
import type { Journeys } from './journeys.ts';
import type { PageParts, PageSandbox } from './parts.ts';
import { worldOf } from './people.ts';
import { destinations } from './protocol.ts';

export interface Asked<S extends PageSandbox> {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  sandbox: S;
  parts: PageParts<S>;
  journeys: Journeys;
}

interface Route {
  method: 'GET' | 'POST';
  path: RegExp;
  answer<S extends PageSandbox>(asked: Asked<S>, matched: string[]): Promise<Reply> | Reply;
}

const json = (body: unknown): Reply => jsonReply(200, body ?? null, { 'cache-control': 'no-store' });
const refused = (status: number, error: string): Reply => jsonReply(status, { error });

export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/page\/world$/,
    answer({ sandbox, parts, journeys }) {
      const world = worldOf(sandbox, parts);
      return world === undefined
        ? refused(503, 'There is nobody here')
        : json({ ...world, journey: journeys.underWay });
    },
  },
  {
    method: 'GET',
    path: /^\/page\/as\/(\w+)$/,
    answer: ({ sandbox, parts }, [user = '']) => json(deskOf(sandbox, user, parts)),
  },
  {
    method: 'GET',
    path: /^\/page\/as\/(\w+)\/messages$/,
    answer({ sandbox, url }, [user = '']) {
      const channel = url.searchParams.get('channel') ?? '';
      const thread = url.searchParams.get('thread') ?? undefined;
      const last = Number(url.searchParams.get('last') ?? 200);
      const all = sandbox.slack.person(user).messages(channel, thread);
      return json({ earlier: Math.max(0, all.length - last), messages: all.slice(-last) });
    },
  },
  {
    method: 'POST',
    path: /^\/page\/as\/(\w+)\/([\w-]+)$/,
    async answer({ sandbox, request }, [user = '', name = '']) {
      if (!isDeed(name)) return refused(404, `There is no ${name}`);
      const body = await readJson(request);
      const done = deeds[name].run(sandbox.slack.person(user), body);
      return 'refused' in done ? refused(400, done.refused) : json(await done.answer);
    },
  },
  {
    method: 'POST',
    path: /^\/page\/travel$/,
    async answer({ sandbox, request, journeys, parts }) {
      const read = travel.safeParse(await readJson(request));
      if (!read.success) return refused(400, z.prettifyError(read.error));
      const { to, as } = read.data;
      const begun = journeys.begin(
        sandbox,
        to,
        as,
        (guided, since) => parts.hasArrived?.(sandbox, guided, since) ?? Promise.resolve(false),
      );
      return begun ? json({}) : refused(409, 'A journey is under way');
    },
  },
  { method: 'GET', path: /^\/page\/calls$/, answer: ({ sandbox }) => json(callLines(sandbox)) },
  {
    method: 'GET',
    path: /^\/page\/calls\/(\d+)$/,
    answer({ sandbox }, [id]) {
      const call = callWhole(sandbox, Number(id));
      return call === undefined ? refused(404, 'It is not kept any more') : json(call);
    },
  },
  {
    method: 'GET',
    path: /^\/page\/guide$/,
    answer: async ({ sandbox, parts }) => json(await parts.guide?.(sandbox)),
  },
  {
    method: 'GET',
    path: /^\/page\/explain$/,
    async answer({ sandbox, parts, url }) {
      const { channel, ts } = Object.fromEntries(url.searchParams);
      if (channel === undefined || ts === undefined) return refused(400, 'channel and ts are missing');
      return json(await parts.explain?.(sandbox, channel, ts));
    },
  },
  {
    method: 'GET',
    path: /^\/page\/files\/(\w+)$/,
    answer({ sandbox }, [id = '']) {
      const file = sandbox.slack.snapshot().files[id];
      if (file?.base64 === undefined) return textReply(404, 'no such file');
      return {
        status: 200,
        // Never shown as a page of this origin, whatever somebody uploaded.
        headers: { 'content-type': file.mimetype, 'content-disposition': 'attachment', ...sealed },
        body: Buffer.from(file.base64, 'base64'),
      };
    },
  },
];

const sealed = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
};

const travel = z.object({
  to: z.enum(destinations),
  as: z.string().min(1),
});

/** A page of another origin cannot send this type without asking first. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!request.headers['content-type']?.startsWith('application/json')) return undefined;
  const bytes = await readBytes(request);
  return bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
}
