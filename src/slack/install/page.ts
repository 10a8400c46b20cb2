import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** One page: what happened, what it means, and where to go from here. Words only; all of them are escaped. */
export interface Page {
  status: number;
  title: string;
  lines: readonly string[];
  links?: readonly { label: string; to: string }[];
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem;color:#1d1c1d;background:#fff}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}p{margin:0 0 .75rem}
a{display:inline-block;margin:.75rem .75rem 0 0;padding:.5rem 1rem;border-radius:6px;background:#1f5f4a;color:#fff;text-decoration:none}
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{background:#2c8a6b}}`;

const styleHash = createHash('sha256').update(style).digest('base64');

export function sendPage(response: ServerResponse, page: Page, headers: Record<string, string> = {}): void {
  response.writeHead(page.status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(html(page));
}

function html({ title, lines, links = [] }: Page): string {
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');
  const ways = links.map(({ label, to }) => `<a href="${escaped(to)}">${escaped(label)}</a>`).join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)} · Sideline</title>
<style>${style}</style>
<main>
<h1>${escaped(title)}</h1>
${paragraphs}
${ways}
</main>
</html>
`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (one) => entities[one] ?? one);
