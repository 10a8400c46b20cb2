import { isPerson } from '../users.ts';
import type { Workspace } from '../workspace.ts';

/** Forms that Slack's own completion has already put into the text. */
const ENCODED = /<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^S[A-Z0-9]+|!here|!channel)(?:\|[^>]*)?>/g;

interface Name {
  name: string;
  link: string;
}

function peopleNames(ws: Workspace): Name[] {
  const people = Object.values(ws.state.users).filter((one) => isPerson(one) && !one.deleted);
  return people.flatMap((one) => {
    const first = one.realName.split(' ')[0] ?? '';
    const shared = people.filter((other) => other.realName.split(' ')[0] === first).length > 1;
    const names = [one.realName, one.name, ...(shared ? [] : [first])];
    return names.filter((name) => name !== '').map((name) => ({ name, link: `<@${one.id}|${one.name}>` }));
  });
}

function channelNames(ws: Workspace): Name[] {
  return Object.values(ws.state.channels).flatMap((one) =>
    one.kind === 'channel' ? [{ name: one.name, link: `<#${one.id}|${one.name}>` }] : [],
  );
}

function groupNames(ws: Workspace): Name[] {
  return ws.state.userGroups.map((one) => ({
    name: one.handle,
    link: `<!subteam^${one.id}|@${one.handle}>`,
  }));
}

function withLinks(text: string, sign: string, names: Name[]): string {
  // The longest name wins, so that "@Sam Reed" is not read as "@Sam".
  const longestFirst = names.toSorted((a, b) => b.name.length - a.name.length);
  let linked = '';
  let rest = text;
  while (rest !== '') {
    const at = rest.indexOf(sign);
    if (at < 0) return linked + rest;
    const after = rest.slice(at + 1);
    const found = longestFirst.find(
      (one) =>
        after.toLowerCase().startsWith(one.name.toLowerCase()) &&
        !/^[\p{L}\p{N}_]/u.test(after.slice(one.name.length)),
    );
    linked += rest.slice(0, at) + (found?.link ?? sign);
    rest = after.slice(found?.name.length ?? 0);
  }
  return linked;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What a person typed, as Slack sends it: names become links, the rest is escaped. */
export function encodeTyped(ws: Workspace, text: string): string {
  const people = [...peopleNames(ws), ...groupNames(ws)];
  const channels = channelNames(ws);
  let encoded = '';
  let from = 0;
  const plain = (part: string) => withLinks(withLinks(escaped(part), '@', people), '#', channels);
  for (const match of text.matchAll(ENCODED)) {
    encoded += plain(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return encoded + plain(text.slice(from));
}

/** In a message a person is mentioned by id alone. */
export function encodeMessage(ws: Workspace, text: string): string {
  return encodeTyped(ws, text).replaceAll(/<@(\w+)\|[^>]*>/g, '<@$1>');
}
