import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

export interface Readiness {
  ready: boolean;
  /** What is checked, and "ok" or what is wrong with it. */
  checks: Record<string, string>;
}

export interface ServerOptions {
  port: number;
  host: string | undefined;
  log: Logger;
  metrics: Metrics;
  readiness(): Promise<Readiness>;
  /** Absent where this process takes no requests from Slack over HTTP. */
  slack: Handle | undefined;
  /** Absent where workspaces do not come by installation. */
  install: { begin: Handle; finish: Handle } | undefined;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface RunningServer {
  port: number;
  stop(): Promise<void>;
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = createServer((request, response) => {
    route(options, request, response).catch((error: unknown) => {
      // Who hangs up in the middle of a request learns nothing any more, and it is no fault of ours.
      if (request.destroyed && !request.complete) return;
      options.log.error({ err: error }, 'a request failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await listen(server, options.port, options.host);
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function route(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Not by URL, which throws on some of what scanners send.
  const [path = ''] = (request.url ?? '').split('?');
  const where = `${request.method} ${path}`;
  if (where === 'POST /slack/events' && options.slack !== undefined) return options.slack(request, response);
  if (where === 'GET /slack/install' && options.install !== undefined) {
    return options.install.begin(request, response);
  }
  if (where === 'GET /slack/oauth_redirect' && options.install !== undefined) {
    return options.install.finish(request, response);
  }
  if (where === 'GET /healthz') return json(response, 200, { ok: true });
  if (where === 'GET /readyz') {
    const { ready, checks } = await inTime(options.readiness());
    return json(response, ready ? 200 : 503, { ready, checks });
  }
  if (where === 'GET /metrics') {
    const { registry } = options.metrics;
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(text);
    return;
  }
  response.writeHead(404).end();
}

/** A probe that gets no answer learns less than one that is told what hangs. */
const probePatience = 2_000;

async function inTime(readiness: Promise<Readiness>): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Readiness>((resolve) => {
    const checks = { database: `no answer within ${probePatience} ms` };
    timer = setTimeout(() => resolve({ ready: false, checks }), probePatience);
  });
  try {
    return await Promise.race([readiness, late]);
  } finally {
    clearTimeout(timer);
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
