import { createHmac } from 'node:crypto';
import { request } from 'node:http';

/** A request as Slack makes it, written down a second time so that a mistake on one side shows. */
export interface Body {
  type: string;
  text: string;
}

export const json = (value: unknown): Body => ({ type: 'application/json', text: JSON.stringify(value) });

export const form = (fields: Record<string, string>): Body => ({
  type: 'application/x-www-form-urlencoded',
  text: new URLSearchParams(fields).toString(),
});

export const interaction = (payload: unknown): Body => form({ payload: JSON.stringify(payload) });

export const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

export function signature(secret: string, seconds: number, text: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${text}`).digest('hex')}`;
}

export function signedHeaders(
  secret: string,
  body: Body,
  seconds: number = nowInSeconds(),
): Record<string, string> {
  return {
    'content-type': body.type,
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': signature(secret, seconds, body.text),
  };
}

export function post(port: number, body: Body, headers: Record<string, string>): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body: body.text });
}

/** A request as it is written, which fetch would refuse to send; what came of it. */
export function ask(
  port: number,
  asked: { path: string; method?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; text: string }> {
  const { path, method = 'GET', headers = {}, body = '' } = asked;
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    sent.on('error', (cause) =>
      reject(new Error(`${method} ${path.slice(0, 60)}: ${cause.message}`, { cause })),
    );
    sent.end(body);
  });
}
