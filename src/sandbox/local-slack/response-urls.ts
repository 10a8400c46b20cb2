import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { validateMessage } from './blocks/validate.ts';
import { addEphemeral, addMessage, changeMessage, findMessage, removeMessage } from './messages.ts';
import { keepBlocks } from './surface/blocks.ts';
import type { ResponseUrl } from './types.ts';
import type { Workspace } from './workspace.ts';

const LIFE_MS = 30 * 60 * 1000;
const USES = 5;

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((one) => one === 'true')]).optional();

export const responseBody = z.looseObject({
  text: z.string().optional(),
  blocks: z.array(z.unknown()).optional(),
  attachments: z.array(z.unknown()).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: flag,
  delete_original: flag,
  thread_ts: z.string().optional(),
  metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
});

export type ResponseBody = z.infer<typeof responseBody>;
export type Responded = { ok: true } | { ok: false; error: string; problems?: string[] };

export function issueResponseUrl(
  ws: Workspace,
  given: Omit<ResponseUrl, 'token' | 'uses' | 'createdAt'>,
): string {
  const token = randomBytes(18).toString('base64url');
  ws.state.responseUrls[token] = { ...given, token, uses: 0, createdAt: ws.machineNow() };
  for (const one of Object.values(ws.state.responseUrls)) {
    if (ws.machineNow() - one.createdAt > 2 * LIFE_MS) delete ws.state.responseUrls[one.token];
  }
  return `${ws.url}/${given.kind}/${ws.team.id}/${token}`;
}

/** What a request to a response_url asks for, done once. */
export function respond(ws: Workspace, token: string, body: ResponseBody): Responded {
  const url = ws.state.responseUrls[token];
  if (!url || ws.machineNow() - url.createdAt > LIFE_MS) return { ok: false, error: 'expired_url' };
  if (url.uses >= USES) return { ok: false, error: 'used_url' };
  const refusal = body.delete_original ? null : refusalOf(body);
  if (refusal) return refusal;
  url.uses += 1;
  return applyResponse(ws, url, body);
}

function refusalOf(body: ResponseBody): Responded | null {
  if (!body.text && !body.blocks?.length && !body.attachments?.length) return { ok: false, error: 'no_text' };
  const problems = validateMessage({ text: body.text, blocks: body.blocks });
  return problems.length > 0 ? { ok: false, error: 'invalid_blocks', problems } : null;
}

export function applyResponse(ws: Workspace, url: ResponseUrl, body: ResponseBody): Responded {
  if (body.delete_original) return changeOriginal(ws, url, null);
  // The answer to a pressed element takes the message's place unless it says otherwise; a command has no
  // message to replace, so there replace_original is ignored.
  const replaces = body.replace_original ?? body.response_type === undefined;
  if (url.message && replaces) return changeOriginal(ws, url, body);
  postResponse(ws, url, body);
  return { ok: true };
}

function changeOriginal(ws: Workspace, url: ResponseUrl, body: ResponseBody | null): Responded {
  const original = url.message;
  if (!original) return { ok: false, error: 'message_not_found' };
  if (original.ephemeral) {
    const found = ws.state.ephemerals.find((one) => one.ts === original.ts && one.to === url.user);
    if (!found) return { ok: false, error: 'message_not_found' };
    if (body) {
      found.text = body.text ?? '';
      found.blocks = keepBlocks(body.blocks);
    } else {
      ws.state.ephemerals.splice(ws.state.ephemerals.indexOf(found), 1);
    }
    ws.changes.emit({ kind: 'ephemeral', user: url.user, channel: url.channel });
    return { ok: true };
  }
  const message = findMessage(ws, url.channel, original.ts);
  if (!message?.byApp) return { ok: false, error: 'message_not_found' };
  if (body) changeMessage(ws, message, contentOf(body), ws.app.botUserId);
  else removeMessage(ws, message);
  return { ok: true };
}

function contentOf(body: ResponseBody) {
  return {
    text: body.text ?? '',
    blocks: body.blocks,
    attachments: body.attachments ?? [],
    ...(body.metadata ? { metadata: body.metadata } : {}),
  };
}

function postResponse(ws: Workspace, url: ResponseUrl, body: ResponseBody): void {
  const threadTs = body.thread_ts ?? url.threadTs;
  const channel = ws.state.channels[url.channel];
  if (body.response_type === 'in_channel' && channel) {
    addMessage(ws, channel, { user: ws.app.botUserId, byApp: true }, contentOf(body), { ts: threadTs });
    return;
  }
  addEphemeral(ws, { user: url.user, channel: url.channel, threadTs }, 'app', {
    text: body.text ?? '',
    blocks: body.blocks,
  });
}
