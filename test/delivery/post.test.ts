import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type ClientRequest, createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PostOutcome } from '#delivery/outcome.ts';
import { postMessage } from '#delivery/post.ts';
import { certificate, certificateKey } from './certificate.ts';

const servers: TcpServer[] = [];
const sockets = new Set<Socket>();

const trusted = getCACertificates();
beforeAll(() => setDefaultCACertificates([certificate]));
afterAll(() => setDefaultCACertificates(trusted));
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listening(server: TcpServer): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const protocols = ['http', 'https'] as const;
type Protocol = (typeof protocols)[number];

/** A Slack that answers as it is told. */
async function slack(protocol: Protocol, answer: RequestListener): Promise<string> {
  const server: Server =
    protocol === 'http'
      ? createServer(answer)
      : createSecureServer({ cert: certificate, key: certificateKey }, answer);
  return `${protocol}://127.0.0.1:${await listening(server)}/api/`;
}

const says =
  (content: unknown, status = 200): RequestListener =>
  (request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(content));
    });
  };

const accepts = says({ ok: true, channel: 'D1', ts: '1.000001' });

function post(apiUrl: string, mayStillPost = () => true, timeout = 5_000): Promise<PostOutcome> {
  return postMessage({
    apiUrl,
    token: 'xoxb-test',
    body: { channel: 'D1', text: 'x' },
    mayStillPost,
    timeout,
  });
}

describe.each(protocols)('one post over %s', (protocol) => {
  test('that is accepted is sent', async () => {
    const seen: unknown[] = [];
    const apiUrl = await slack(protocol, (request, response) => {
      seen.push([
        request.method,
        request.url,
        request.headers.authorization,
        request.headers['content-type'],
      ]);
      accepts(request, response);
    });
    expect(await post(apiUrl)).toEqual({ kind: 'sent', channel: 'D1', ts: '1.000001' });
    expect(seen).toEqual([
      ['POST', '/api/chat.postMessage', 'Bearer xoxb-test', 'application/json; charset=utf-8'],
    ]);
  });

  test('asks its fence in the very turn in which it is written, on a new connection and on a kept one', async () => {
    const apiUrl = await slack(protocol, accepts);
    const order: string[] = [];
    const onStart = (message: unknown): void => {
      const { request } = message as { request: ClientRequest };
      const written = `written to a ${request.reusedSocket ? 'kept' : 'new'} connection`;
      // Node tells of a kept one twice.
      if (order.at(-1) !== written) order.push(written);
      // TLS keeps account of its own until the encrypted bytes are out.
      if (protocol === 'http') expect(request.socket?.writableLength).toBe(0);
    };
    subscribe('http.client.request.start', onStart);
    const asked = (): boolean => {
      order.push('asked');
      queueMicrotask(() => order.push('next turn'));
      return true;
    };
    await post(apiUrl, asked);
    await post(apiUrl, asked);
    unsubscribe('http.client.request.start', onStart);
    expect(order).toEqual([
      'asked',
      'written to a new connection',
      'next turn',
      'asked',
      'written to a kept connection',
      'next turn',
    ]);
  });

  test('whose fence has fallen is released, and not a byte of it is sent', async () => {
    let requests = 0;
    const apiUrl = await slack(protocol, (request, response) => {
      requests += 1;
      accepts(request, response);
    });
    expect(await post(apiUrl, () => false)).toEqual({ kind: 'released' });
    expect(await post(apiUrl)).toMatchObject({ kind: 'sent' });
    expect(requests).toBe(1);
  });

  test('is unclear when the connection ends without an answer', async () => {
    const apiUrl = await slack(protocol, (request) => {
      request.resume().on('end', () => request.socket.destroy());
    });
    expect(await post(apiUrl)).toEqual({ kind: 'unclear', answer: 'econnreset' });
  });

  test('is unclear when the answer breaks off', async () => {
    const apiUrl = await slack(protocol, (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"ok":', () => response.socket?.destroy());
    });
    expect(await post(apiUrl)).toMatchObject({ kind: 'unclear' });
  });

  test.each([
    ['never comes', () => {}],
    ['begins and does not go on', (response: { write(text: string): void }) => response.write('{"ok":')],
  ])('is unclear when an answer %s in time', async (_name, begin) => {
    const apiUrl = await slack(protocol, (_request, response) => begin(response));
    expect(await post(apiUrl, () => true, 150)).toMatchObject({ kind: 'unclear' });
  });

  test('is certainly not sent when nobody listens', async () => {
    const server = createTcpServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    servers.pop();
    expect(await post(`${protocol}://127.0.0.1:${port}/api/`)).toEqual({
      kind: 'unreached',
      answer: 'econnrefused',
    });
  });

  test('is unclear when the answer is endless', async () => {
    const apiUrl = await slack(protocol, (_request, response) => {
      response.writeHead(200);
      response.end(`{"ok":true,"channel":"D1","ts":"1.000001","rest":"${'x'.repeat(2_000_000)}"}`);
    });
    expect(await post(apiUrl)).toMatchObject({ kind: 'unclear' });
  });
});

test('a post whose handshake does not come to an end in time was certainly not sent', async () => {
  const port = await listening(createTcpServer());
  let asked = false;
  const outcome = await post(
    `https://127.0.0.1:${port}/api/`,
    () => {
      asked = true;
      return true;
    },
    150,
  );
  expect(outcome).toEqual({ kind: 'unreached', answer: 'timeout' });
  expect(asked).toBe(false);
});
