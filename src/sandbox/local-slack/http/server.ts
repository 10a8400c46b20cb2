import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { SocketHub } from '../push/socket-mode.ts';
import type { Workspace } from '../workspace.ts';
import { serveApi } from './api.ts';
import { serveAuthorize } from './authorize.ts';
import { serveDownload, serveUpload } from './files.ts';
import { serveInspector } from './inspector.ts';
import { jsonReply, type Reply, send, textReply } from './reply.ts';
import { serveResponseUrl } from './response-url.ts';

type Serve = (ws: Workspace, request: IncomingMessage, part: string) => Reply | Promise<Reply>;

const ROUTES: { path: RegExp; serve: Serve }[] = [
  { path: /^\/api\/([\w.]+)$/, serve: serveApi },
  { path: /^\/(?:commands|actions)\/[^/]+\/([\w-]+)$/, serve: serveResponseUrl },
  { path: /^\/upload\/v1\/(\w+)$/, serve: serveUpload },
  { path: /^\/files-pri\/\w+-(\w+)\//, serve: serveDownload },
  { path: /^\/oauth\/v2\/authorize$/, serve: serveAuthorize },
  { path: /^\/$/, serve: serveInspector },
];

async function reply(ws: Workspace, request: IncomingMessage): Promise<Reply> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  for (const { path, serve } of ROUTES) {
    const match = path.exec(pathname);
    if (match) return serve(ws, request, match[1] ?? '');
  }
  return textReply(404, 'not found');
}

export async function listen(given: {
  ws: Workspace;
  sockets: SocketHub;
  host: string;
  port: number;
  handler: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
}): Promise<Server> {
  const { ws, sockets, handler } = given;
  const server = createServer((request, response) => {
    if (handler?.(request, response)) return;
    reply(ws, request).then(
      (answered) => send(response, answered),
      (error: unknown) => {
        // A fault of the local Slack itself: loud, and never mistaken for one of Slack's answers.
        console.error('The local Slack failed on', request.url, error);
        send(response, jsonReply(500, { ok: false, error: 'internal_error', detail: String(error) }));
      },
    );
  });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(given.port, given.host, resolve);
  });
  return server;
}
