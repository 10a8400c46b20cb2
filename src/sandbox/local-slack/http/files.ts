import type { IncomingMessage } from 'node:http';
import type { Workspace } from '../workspace.ts';
import { readBytes } from './body.ts';
import { type Reply, textReply } from './reply.ts';

async function uploaded(request: IncomingMessage, bytes: Buffer): Promise<{ bytes: Buffer; type: string }> {
  const type = request.headers['content-type'] ?? 'application/octet-stream';
  if (!type.startsWith('multipart/form-data')) return { bytes, type };
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  for (const value of form.values()) {
    if (typeof value !== 'string') {
      return { bytes: Buffer.from(await value.arrayBuffer()), type: value.type };
    }
  }
  throw new Error('The upload holds no file');
}

export async function serveUpload(ws: Workspace, request: IncomingMessage, id: string): Promise<Reply> {
  const file = ws.state.files[id];
  if (!file) return textReply(404, 'no such upload');
  const { bytes, type } = await uploaded(request, await readBytes(request));
  file.base64 = bytes.toString('base64');
  file.size = bytes.length;
  if (type !== '') file.mimetype = type;
  return textReply(200, `OK - ${bytes.length}`);
}

/** Without a good token Slack answers with its sign-in page, not with an error. */
export function serveDownload(ws: Workspace, request: IncomingMessage, id: string): Reply {
  const allowed =
    request.headers.authorization === `Bearer ${ws.app.botToken}` &&
    ws.app.scopes.includes('files:read') &&
    !ws.state.uninstalled;
  const file = ws.state.files[id];
  const done = ws.calls.begin({
    direction: 'from app',
    kind: 'file',
    method: 'download',
    via: 'http',
    request: { file: id },
  });
  if (!allowed) {
    done({ status: 302, response: null, error: 'not allowed' });
    return { status: 302, headers: { location: `${ws.url}/?redir=${encodeURIComponent(id)}` }, body: '' };
  }
  if (file?.base64 === undefined) {
    done({ status: 404, response: null, error: 'not found' });
    return textReply(404, 'not found');
  }
  done({ status: 200, response: { bytes: file.size } });
  return {
    status: 200,
    headers: { 'content-type': file.mimetype },
    body: Buffer.from(file.base64, 'base64'),
  };
}
