import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultySlack, startFaultySlack } from './faulty-slack.ts';
import { collect } from './proxy/upstream.ts';

interface Arrived {
  readonly verb: string | undefined;
  readonly target: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

const arrived: Arrived[] = [];
const reply = { ok: true, text: 'ü'.repeat(100_000) };
let connections = 0;
let upstream: Server;
let slack: FaultySlack;

beforeEach(async () => {
  arrived.length = 0;
  connections = 0;
  upstream = createServer(async (request, response) => {
    const bytes = await collect(request);
    arrived.push({ verb: request.method, target: request.url, headers: request.headers, bytes });
    response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': 'chat:write' });
    response.end(JSON.stringify(reply));
  });
  upstream.on('connection', () => {
    connections++;
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  slack = await startFaultySlack({ upstream: `http://127.0.0.1:${port}` });
});
afterEach(async () => {
  await slack.close();
  await new Promise((resolve) => upstream.close(resolve));
});

const send = (body: string | Uint8Array<ArrayBuffer>, contentType: string) =>
  fetch(`${slack.apiUrl}chat.postMessage?pretty=1`, {
    method: 'POST',
    headers: { 'content-type': contentType, authorization: 'Bearer xoxb-1' },
    body,
  });

test('a form passes byte for byte, and is recorded as the arguments it says', async () => {
  const form = 'channel=D1&text=%5B1%5D+a%20b&metadata=%7B%22event_type%22%3A%22e%22%7D&&x';
  await send(form, 'application/x-www-form-urlencoded');
  expect(arrived[0]).toMatchObject({ verb: 'POST', target: '/api/chat.postMessage?pretty=1' });
  expect(arrived[0]?.bytes.toString()).toBe(form);
  expect(arrived[0]?.headers.authorization).toBe('Bearer xoxb-1');
  expect(slack.requests[0]?.body).toMatchObject({
    channel: 'D1',
    text: '[1] a b',
    metadata: { event_type: 'e' },
  });
});

test('JSON passes byte for byte', async () => {
  const json = '{ "channel": "D1",\n "text":"\\u00fc", "metadata": {"event_payload": {"key":"k"}} }';
  await send(json, 'application/json; charset=utf-8');
  expect(arrived[0]?.bytes.toString()).toBe(json);
  expect(slack.requests[0]?.body).toMatchObject({ text: 'ü' });
  expect(slack.copies('k')).toBe(1);
});

test('bytes that are neither pass too, however many', async () => {
  const bytes = Buffer.alloc(8 * 1024 * 1024, 'slack');
  await send(bytes, 'application/octet-stream');
  expect(arrived[0]?.bytes.equals(bytes)).toBe(true);
});

test('the answer comes back as it was, headers included', async () => {
  const response = await send('', 'application/x-www-form-urlencoded');
  expect(response.headers.get('x-oauth-scopes')).toBe('chat:write');
  expect(await response.json()).toEqual(reply);
});

test('calls one after another share one connection to the upstream', async () => {
  for (let call = 0; call < 20; call++) await (await send('', 'application/json')).text();
  expect(arrived).toHaveLength(20);
  expect(connections).toBe(1);
});
