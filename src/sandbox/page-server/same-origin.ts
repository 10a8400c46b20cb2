import type { IncomingMessage } from 'node:http';

/**
 * Whether a request comes from this page or from a program on this machine. A website that the visitor has
 * open elsewhere must not read or drive the sandbox: its requests carry its own Origin, or, by a name that
 * it lets point here, its own Host.
 */
export function isOurs({ headers, socket }: IncomingMessage): boolean {
  const own = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${socket.localPort}`);
  const { host, origin } = headers;
  if (host === undefined || !own.includes(host)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' || isNavigation(headers);
}

/** A link from elsewhere may open the page itself. */
function isNavigation(headers: IncomingMessage['headers']): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
