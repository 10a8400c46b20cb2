import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { isSlackPayload } from './payload.ts';
import type { Refusal } from './signature.ts';

/** Slack's largest payloads, a full modal with its state, stay well below this. */
const bodyLimit = 1_000_000;

type Check = (headers: IncomingMessage['headers'], body: Buffer) => Refusal | undefined;

/** Reads, verifies and passes on what claims to come from Slack; what does not is answered here. */
export function receiveFromSlack(
  check: Check,
  pass: (request: IncomingMessage, response: ServerResponse) => void,
  log: Logger,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const body = await readBody(request);
    if (body === undefined) return refuse(response, 413);
    const refusal = check(request.headers, body);
    if (refusal !== undefined) {
      log.warn({ refusal }, 'a request was refused');
      return refuse(response, 401);
    }
    if (!isSlackPayload(request.headers['content-type'], body)) {
      log.warn('a request was signed but is no payload of Slack');
      return refuse(response, 400);
    }
    // Bolt takes a body that has been read already from here.
    pass(Object.assign(request, { rawBody: body }), response);
  };
}

/**
 * What is too long is read to its end and dropped: leaving a body unread closes the connection, and whoever
 * sent it never learns why. The server's own time limit ends a body that does not end.
 */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= bodyLimit ? Buffer.concat(chunks) : undefined;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
