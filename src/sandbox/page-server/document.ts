import { createHash } from 'node:crypto';
import type { Bundle } from './bundle.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Before the first paint, so that a chosen theme does not flash the other one. */
const early =
  "try{const t=localStorage.getItem('sandbox.theme');if(t)document.documentElement.dataset.theme=t}catch{}";

/** Everything that the first paint needs is in the document itself. */
export function documentOf({ style, version }: Bundle): { html: string; policy: string } {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Sideline sandbox</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%23127a6c'/%3E%3Cpath d='M9 24V8M15 12h8M15 20h8' stroke='white' stroke-width='3' stroke-linecap='round'/%3E%3C/svg%3E">
<script>${early}</script>
<style>${style}</style>
<script type="module" src="/page/${version}.js"></script>
</head>
<body>
<div id="root"><div class="shell" aria-busy="true"><div class="topbar"><span class="brand"><span class="brand-name">Sideline</span> <span class="tag">Sandbox</span></span></div><div class="columns"><div class="people"></div><div class="sidebar"></div></div><div class="stage"><main class="main"><div class="empty starting"><span class="spinner"></span><h2>Opening the workspace…</h2></div></main></div></div></div>
<noscript>The sandbox page needs JavaScript.</noscript>
</body>
</html>`;
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${hash(early)}`,
    `style-src ${hash(style)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html, policy };
}
