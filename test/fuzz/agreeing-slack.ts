import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the app showed or sent: by which method, and everything in it as text. */
export interface Shown {
  method: string;
  body: string;
}

/**
 * Stands before the local Slack. Once it agrees it takes every modal and message by itself, whatever their trigger, so
 * that what is forged gets as far as it would with a person's own, and keeps none of it.
 */
export interface AgreeingSlack {
  apiUrl: string;
  responseUrl: string;
  /** From now on; each thing the app shows is handed over. */
  agree(look: (shown: Shown) => void): void;
  close(): Promise<void>;
}

const taken = /^(views\.(open|push|update|publish)|chat\.\w+|conversations\.open)$/;

export async function startAgreeingSlack(direct: string): Promise<AgreeingSlack> {
  let look: ((shown: Shown) => void) | undefined;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const [, method = ''] = /\/([^/?]+)(?:\?.*)?$/.exec(request.url ?? '') ?? [];
    if (look !== undefined && (taken.test(method) || method === 'response')) {
      const type = request.headers['content-type'] ?? '';
      const text = body.toString();
      look({
        method,
        body: type.includes('urlencoded') ? decodeURIComponent(text.replaceAll('+', ' ')) : text,
      });
      const view = { id: 'V0AGREED', hash: '1', state: { values: {} } };
      const channel = method === 'conversations.open' ? { id: 'D0AGREED' } : 'D0AGREED';
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: true, view, channel, ts: '1.000001', message_ts: '1.000001' }));
      return;
    }
    const url = new URL(`${direct.replace(/\/$/, '')}/${(request.url ?? '').replace(/^\/api\//, '')}`);
    const headers = Object.fromEntries(
      ['content-type', 'authorization'].flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    const passed = await fetch(url, { method: 'POST', headers, body });
    // Which scopes the app has is said in a header.
    const scopes = passed.headers.get('x-oauth-scopes');
    const given = scopes === null ? {} : { 'x-oauth-scopes': scopes };
    response.writeHead(passed.status, { 'content-type': 'application/json', ...given });
    response.end(Buffer.from(await passed.arrayBuffer()));
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${base}/api/`,
    responseUrl: `${base}/response`,
    agree(given) {
      look = given;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
