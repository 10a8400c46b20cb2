import type { Block } from '../surface/blocks.ts';
import { interactiveElements, wordsOf } from '../surface/blocks.ts';
import type { Channel, SlackUser } from '../types.ts';
import { isPerson } from '../users.ts';
import type { Workspace } from '../workspace.ts';
import { type Reply, textReply } from './reply.ts';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => ESCAPES[one] ?? one);
}

function buttons(blocks: Block[]): string {
  const labels = interactiveElements(blocks).flatMap((one) => {
    const label = wordsOf(one.element['text'] ?? one.element['placeholder']);
    return label === '' ? [] : [`[${escapeHtml(label)}]`];
  });
  return labels.join(' ');
}

function line(at: number, who: string, text: string, blocks: Block[]): string {
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `<li><time>${time}</time> <b>${escapeHtml(who)}</b> <pre>${escapeHtml(text)}</pre> ${buttons(blocks)}</li>`;
}

function conversation(ws: Workspace, person: SlackUser, channel: Channel): string {
  const name = channel.kind === 'im' ? ws.app.name : `#${channel.name}`;
  const messages = (ws.state.messages[channel.id] ?? []).map((one) => ({
    ...one,
    who: ws.state.users[one.user]?.realName ?? one.user,
  }));
  const ephemerals = ws.state.ephemerals
    .filter((one) => one.to === person.id && one.channel === channel.id)
    .map((one) => ({ ...one, who: `${one.from} (only visible to ${person.realName})` }));
  const all = [...messages, ...ephemerals].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  const items = all.map((one) => line(one.shownAt, one.who, one.text, one.blocks)).join('');
  return `<h3>${escapeHtml(name)}</h3><ul>${items}</ul>`;
}

function section(ws: Workspace, person: SlackUser): string {
  const channels = Object.values(ws.state.channels).filter(
    (one) => one.members.includes(person.id) && (ws.state.messages[one.id]?.length ?? 0) > 0,
  );
  const ephemeralOnly = Object.values(ws.state.channels).filter(
    (one) =>
      !channels.includes(one) &&
      ws.state.ephemerals.some((sent) => sent.to === person.id && sent.channel === one.id),
  );
  const shown = [...channels, ...ephemeralOnly].map((one) => conversation(ws, person, one)).join('');
  return shown === '' ? '' : `<section><h2>${escapeHtml(person.realName)}</h2>${shown}</section>`;
}

const STYLE =
  'body{font:15px/1.4 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;margin:0}';

/** A plain list of who got what, for developers. */
export function serveInspector(ws: Workspace): Reply {
  const people = Object.values(ws.state.users).filter(isPerson);
  const sections = people.map((one) => section(ws, one)).join('');
  const body = sections === '' ? '<p>No messages yet.</p>' : sections;
  return textReply(
    200,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">` +
      `<title>Local Slack: ${escapeHtml(ws.team.name)}</title><style>${STYLE}</style></head>` +
      `<body><h1>${escapeHtml(ws.team.name)}: a local Slack</h1>${body}</body></html>`,
    'text/html',
  );
}
