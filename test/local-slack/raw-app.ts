import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';

interface Received {
  headers: IncomingHttpHeaders;
  /** The body as it came. */
  text: string;
  /** A command's fields, an interaction's payload or an event's envelope. */
  payload: Record<string, unknown>;
}

/** Answered by the app; null lets Slack wait. */
export type Answer = { status?: number; body?: unknown } | null;

export interface RawApp {
  received: Received[];
  answer: (received: Received) => Answer;
  close(): Promise<void>;
}

const payload = z.record(z.string(), z.unknown());

function parse(type: string | undefined, text: string): Record<string, unknown> {
  if (type?.startsWith('application/json')) return payload.parse(JSON.parse(text));
  const fields = Object.fromEntries(new URLSearchParams(text));
  return fields['payload'] === undefined ? fields : payload.parse(JSON.parse(fields['payload']));
}

/** An app without any library, which shows what came over the wire. */
export async function startRawApp(slack: LocalSlack): Promise<RawApp> {
  const app: RawApp = { received: [], answer: () => ({}), close: async () => {} };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const text = Buffer.concat(parts).toString();
    const got = { headers: request.headers, text, payload: parse(request.headers['content-type'], text) };
    app.received.push(got);
    const answer = app.answer(got);
    if (answer === null) return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  slack.connect({ mode: 'http', url: `http://127.0.0.1:${port}/slack/events` });
  app.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return app;
}
