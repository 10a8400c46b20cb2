import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { outcomeOfAnswer, type PostOutcome } from './outcome.ts';

/**
 * One post, tried once. It is written here and not with Slack's client library, because the fence has to be
 * checked in the very turn of the event loop in which the request goes to the socket: the library builds,
 * queues and connects in between, and a process may be frozen at any of those points.
 *
 * It also knows what a library hides: a connection that failed before anything was written certainly sent
 * nothing; one that failed afterwards is unclear.
 */
export interface Post {
  apiUrl: string;
  token: string;
  body: Record<string, unknown>;
  /** Asked at the last moment; false means that somebody else may already be looking for this post. */
  mayStillPost(): boolean;
  timeout: number;
}

/**
 * Kept for the next of a batch, and no longer: a connection that the other side closes as idle in the very
 * moment it is written to leaves a post unclear that need not have been.
 */
const kept = { keepAlive: true, timeout: 5_000 };
const httpAgent = new HttpAgent(kept);
const httpsAgent = new HttpsAgent(kept);

const answerLimit = 1_000_000;

export function postMessage(post: Post): Promise<PostOutcome> {
  const url = new URL('chat.postMessage', post.apiUrl);
  const secure = url.protocol === 'https:';
  const body = Buffer.from(JSON.stringify(post.body));
  const options = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${post.token}`,
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
    },
  };
  return new Promise((resolve) => {
    let written = false;
    const request = secure
      ? httpsRequest(url, { ...options, agent: httpsAgent })
      : httpRequest(url, { ...options, agent: httpAgent });
    const timer = setTimeout(() => request.destroy(new Error('timeout')), post.timeout);
    const settle = (outcome: PostOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    request.on('error', (error) =>
      settle({ kind: written ? 'unclear' : 'unreached', answer: reasonOf(error) }),
    );
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= answerLimit) chunks.push(chunk);
      });
      response.on('error', (error) => settle({ kind: 'unclear', answer: reasonOf(error) }));
      response.on('end', () => {
        const { 'retry-after': retryAfter } = response.headers;
        settle(outcomeOfAnswer(response.statusCode ?? 0, retryAfter, parsed(Buffer.concat(chunks))));
      });
    });
    whenConnected(request, secure, () => {
      if (!post.mayStillPost()) {
        settle({ kind: 'released' });
        request.destroy();
        return;
      }
      written = true;
      request.end(body);
    });
  });
}

/** Nothing is written before `end`: headers wait for it, and it comes only once the connection stands. */
function whenConnected(request: ClientRequest, secure: boolean, write: () => void): void {
  request.once('socket', (socket) => {
    if (!socket.connecting && (request.reusedSocket || !secure)) write();
    else socket.once(secure ? 'secureConnect' : 'connect', write);
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // Not JSON is an answer of a kind too: the caller treats it as unclear.
    return undefined;
  }
}

function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code.toLowerCase() : error.message;
}
