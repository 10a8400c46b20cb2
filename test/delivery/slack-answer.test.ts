import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, expect, test } from 'vitest';
import { slackAnswerOf } from '#delivery/slack-answer.ts';
import { failureOf } from '#test/slack/asking.ts';
import { clientOptions } from '../../src/web-api.ts';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** What a call to a Slack that answers so ends with. */
async function answerOf(listener: RequestListener) {
  const server = createServer(listener);
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const options = {
    ...clientOptions(`http://127.0.0.1:${port}/api/`),
    timeout: 200,
    logLevel: LogLevel.ERROR,
  };
  return slackAnswerOf(
    await failureOf(new WebClient('xoxb-test', options).chat.update({ channel: 'D1', ts: '1.1', text: 'x' })),
  );
}

const says =
  (status: number, body: string, headers: Record<string, string> = {}) =>
  (_: unknown, response: ServerResponse) => {
    response.writeHead(status, headers);
    response.end(body);
  };

test.each<[string, RequestListener, { answer: string; retryAfter: number | undefined }]>([
  [
    'refuses',
    says(200, '{"ok":false,"error":"message_not_found"}'),
    { answer: 'message_not_found', retryAfter: undefined },
  ],
  [
    'refuses and does not say why',
    says(200, '{"ok":false}'),
    { answer: 'unnamed_error', retryAfter: undefined },
  ],
  [
    'answers with a page',
    says(200, '<html>Slack is down</html>'),
    { answer: 'not_json', retryAfter: undefined },
  ],
  ['fails', says(500, 'no'), { answer: 'http_500', retryAfter: undefined }],
  ['names a wait', says(429, '', { 'retry-after': '17' }), { answer: 'ratelimited', retryAfter: 17 }],
  ['wants a wait of it does not say how long', says(429, ''), { answer: 'ratelimited', retryAfter: 30 }],
  ['hangs up', (request) => request.socket.destroy(), { answer: 'no_answer', retryAfter: undefined }],
  ['never answers', () => {}, { answer: 'no_answer', retryAfter: undefined }],
  [
    'breaks off in the middle',
    (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"ok":', () => response.socket?.destroy());
    },
    { answer: 'no_answer', retryAfter: undefined },
  ],
  [
    'begins and does not go on',
    (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"ok":');
    },
    { answer: 'no_answer', retryAfter: undefined },
  ],
])('a Slack that %s', async (_name, listener, expected) => {
  expect(await answerOf(listener)).toEqual(expected);
});

test('a mistake of our own is none of the answers', () => {
  expect(() => slackAnswerOf(new TypeError('x is not a function'))).toThrow('x is not a function');
});
