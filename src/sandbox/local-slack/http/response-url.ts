import type { IncomingMessage } from 'node:http';
import { respond, responseBody } from '../response-urls.ts';
import type { Workspace } from '../workspace.ts';
import { readBytes, readFields } from './body.ts';
import { jsonReply, type Reply, textReply } from './reply.ts';

const GONE = ['expired_url', 'used_url'];

function answer(ws: Workspace, token: string, fields: unknown): Reply {
  const read = responseBody.safeParse(fields);
  if (!read.success) return jsonReply(400, { ok: false, error: 'invalid_payload' });
  const responded = respond(ws, token, read.data);
  if (responded.ok) return textReply(200, 'ok');
  const { error, problems } = responded;
  const details = problems ? { response_metadata: { messages: problems } } : {};
  return jsonReply(GONE.includes(error) ? 404 : 400, { ok: false, error, ...details });
}

export async function serveResponseUrl(
  ws: Workspace,
  request: IncomingMessage,
  token: string,
): Promise<Reply> {
  const body = readFields(request, await readBytes(request));
  const fields = body.ok ? body.fields : null;
  const done = ws.calls.begin({
    direction: 'from app',
    kind: 'response_url',
    method: 'response_url',
    via: 'http',
    request: fields,
  });
  const reply = body.ok ? answer(ws, token, fields) : jsonReply(400, { ok: false, error: body.error });
  const failed = reply.status !== 200;
  done({ status: reply.status, response: String(reply.body), ...(failed ? { error: 'refused' } : {}) });
  return reply;
}
