import { createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { slackApp } from '#test/world.ts';

/** What is to be sent, before it is signed. */
export interface Wire {
  type: string;
  body: Buffer;
}

export interface Answer {
  status: number;
  text: string;
}

/** Signed as Slack signs, over connections that stay: what is forged gets past the door. */
export function sender(port: number, atOnce: number): { send(wire: Wire): Promise<Answer>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  return {
    send: ({ type, body }) =>
      new Promise((resolve, reject) => {
        const seconds = String(Math.floor(Date.now() / 1000));
        const signature = createHmac('sha256', slackApp.signingSecret).update(`v0:${seconds}:`).update(body);
        const headers = {
          'content-type': type,
          'content-length': body.length,
          'x-slack-request-timestamp': seconds,
          'x-slack-signature': `v0=${signature.digest('hex')}`,
        };
        const asked = httpRequest({
          agent,
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/slack/events',
          headers,
        });
        asked.setTimeout(30_000, () => asked.destroy(new Error('no answer within 30 s')));
        asked.once('error', reject);
        asked.once('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
          );
        });
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}
