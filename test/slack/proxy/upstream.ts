import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { type Call, isRecord, parseJson } from './call.ts';

export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly bytes: Buffer;
}

export interface Upstream {
  forward(call: Call): Promise<Answer>;
  close(): void;
}

// They describe one connection, and there are two.
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'content-length',
  'upgrade',
];

export function connectUpstream(address: string): Upstream {
  const { hostname, port } = new URL(address);
  const agent = new Agent({ keepAlive: true });

  const forward = (call: Call): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = without(call.headers, [...hopByHop, 'host', 'accept-encoding', 'expect']);
      headers['content-length'] = call.bytes.length;
      const outgoing = request(
        { agent, hostname, port, method: call.verb, path: call.target, headers },
        (incoming) => {
          collect(incoming).then(
            (bytes) =>
              resolve({
                status: incoming.statusCode ?? 502,
                headers: without(incoming.headers, hopByHop),
                bytes,
              }),
            reject,
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(call.bytes);
    });

  return { forward, close: () => agent.destroy() };
}

export async function collect(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}

export function jsonAnswer(status: number, content: unknown, headers: OutgoingHttpHeaders = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    bytes: Buffer.from(JSON.stringify(content)),
  };
}

/** The content of an answer: what its JSON says, else its text. */
export function contentOf(answer: Answer): unknown {
  const text = answer.bytes.toString();
  return parseJson(text) ?? text;
}

/** Slack refuses with status 200 and `ok: false`. */
export function isAccepted(status: number, content: unknown): boolean {
  return status < 300 && !(isRecord(content) && content['ok'] === false);
}

function without(headers: OutgoingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}
