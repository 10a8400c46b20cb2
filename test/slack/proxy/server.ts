import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Call, readCall } from './call.ts';
import { type Answer, collect } from './upstream.ts';

/** The end of a call that leads to the client. */
export interface Client {
  /** False where the client has gone meanwhile. */
  answer(answer: Answer): boolean;
  /** RST: the connection breaks. */
  reset(): void;
  /** FIN before any answer: the socket closes. */
  drop(): void;
}

export interface ProxyServer {
  readonly url: string;
  /** Frees the port and cuts every connection. */
  shut(): Promise<void>;
  /** Listens again where it did before. */
  reopen(): Promise<void>;
}

export async function startProxyServer(
  handle: (call: Call, client: Client) => Promise<void>,
): Promise<ProxyServer> {
  const server = createServer((request, response) => {
    collect(request)
      .then((bytes) =>
        handle(
          readCall(request.method ?? 'GET', request.url ?? '/', request.headers, bytes),
          clientOf(response),
        ),
      )
      .catch((failure) => {
        // A client that dies while it sends has made no call; anything else is a mistake in the proxy itself.
        if (!response.destroyed) clientOf(response).answer(failed(failure));
      });
  });
  // A connection that the proxy itself closes as idle would be a fault that nobody asked for.
  server.keepAliveTimeout = 0;

  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    shut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    reopen: () => listen(port),
  };
}

function clientOf(response: ServerResponse): Client {
  return {
    answer: ({ status, headers, bytes }) => {
      if (response.destroyed) return false;
      response.writeHead(status, { ...headers, 'content-length': bytes.length });
      response.end(bytes);
      return true;
    },
    reset: () => response.socket?.resetAndDestroy(),
    drop: () => response.socket?.destroy(),
  };
}

function failed(failure: unknown): Answer {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return { status: 502, headers, bytes: Buffer.from(String(failure)) };
}
