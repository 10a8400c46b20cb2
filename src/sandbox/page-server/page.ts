import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonReply, type Reply, send, textReply } from '../local-slack/http/reply.ts';
import { type Bundle, bundlePage } from './bundle.ts';
import { documentOf } from './document.ts';
import { Journeys } from './journeys.ts';
import { Live } from './live.ts';
import type { PageParts, PageSandbox } from './parts.ts';
import { routes } from './routes.ts';
import { isOurs } from './same-origin.ts';

/** Answers false to leave a request to the local Slack. */
export type PageHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The sandbox page. The sandbox may come later: until then the page says that it is being made. */
export function createPage<S extends PageSandbox>(
  sandbox: () => S | undefined,
  parts: PageParts<S> = {},
): PageHandler {
  const bundled = bundlePage();
  // Whoever asks for the page hears of a failure; it must not end the process before.
  bundled.catch(() => undefined);
  const live = new Live(() => journeys.underWay !== null);
  const journeys = new Journeys((event) => live.tell(event));

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<Reply | null> => {
    const bundle = await bundled;
    if (url.pathname === '/') return pageReply(bundle);
    if (/^\/page\/\w+\.js$/.test(url.pathname)) return scriptReply(bundle, url.pathname);
    const running = sandbox();
    if (running === undefined) return jsonReply(503, { starting: true }, { 'retry-after': '1' });
    live.follow(running.slack);
    if (url.pathname === '/page/live') {
      live.add(response, bundle.version);
      return null;
    }
    for (const { method, path, answer: reply } of routes) {
      const match = request.method === method ? path.exec(url.pathname) : null;
      if (match) return reply({ request, response, url, sandbox: running, parts, journeys }, match.slice(1));
    }
    return textReply(404, 'not found');
  };

  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isOurs(request)) {
      send(
        response,
        textReply(403, 'The sandbox answers only to its own page and to programs on this machine'),
      );
      return true;
    }
    if (url.pathname !== '/' && !url.pathname.startsWith('/page/')) return false;
    answer(request, response, url).then(
      (reply) => reply && send(response, reply),
      (error: unknown) => send(response, problem(error)),
    );
    return true;
  };
}

function pageReply(bundle: Bundle): Reply {
  const { html, policy } = documentOf(bundle);
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: html,
  };
}

function scriptReply(bundle: Bundle, pathname: string): Reply {
  if (pathname !== `/page/${bundle.version}.js`) return textReply(404, 'not found');
  return {
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'max-age=31536000, immutable',
    },
    body: bundle.script,
  };
}

/** What somebody has in front of them can be gone when they press it: that is no fault of the page. */
function problem(error: unknown): Reply {
  return jsonReply(409, { error: error instanceof Error ? error.message : String(error) });
}
