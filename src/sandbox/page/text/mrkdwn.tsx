import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { type Node, NodeType, parse } from 'slack-message-parser';
import { usePlace } from '../data/place.ts';
import { dateTokens } from '../data/zoned.ts';
import { Emoji } from './emoji.tsx';
import { Broadcast, ChannelMention, Link, UserMention } from './mentions.tsx';

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function Command({ name, given, label }: { name: string; given: string[]; label: ComponentChildren }) {
  const { desk, now } = usePlace();
  if (['here', 'channel', 'everyone'].includes(name)) return <Broadcast range={name} />;
  if (name !== 'date') return <span class="mention">{label ?? `@${name}`}</span>;
  const [seconds = '', format = '', link] = given;
  const text = dateTokens(unescaped(format), Number(seconds), desk.me.zone, now);
  return link === undefined ? text : <Link url={link} text={text} />;
}

/** The space after the quote's own sign is no part of what is quoted. */
function withoutIndent([first, ...rest]: Node[]): Node[] {
  if (first === undefined) return rest;
  return [first.type === NodeType.Text ? { ...first, text: first.text.replace(/^ /, '') } : first, ...rest];
}

function shown(node: Node, key: number): ComponentChildren {
  const inner = (children: Node[] | undefined): ComponentChildren =>
    children === undefined || children.length === 0 ? undefined : children.map(shown);
  switch (node.type) {
    case NodeType.Text:
      return unescaped(node.text);
    case NodeType.Bold:
      return <strong key={key}>{inner(node.children)}</strong>;
    case NodeType.Italic:
      return <em key={key}>{inner(node.children)}</em>;
    case NodeType.Strike:
      return <s key={key}>{inner(node.children)}</s>;
    case NodeType.Code:
      return <code key={key}>{unescaped(node.text)}</code>;
    case NodeType.PreText:
      return <pre key={key}>{unescaped(node.text.replace(/^\n/, ''))}</pre>;
    case NodeType.Quote:
      return <blockquote key={key}>{inner(withoutIndent(node.children))}</blockquote>;
    case NodeType.Emoji:
      return <Emoji key={key} name={node.variation ? `${node.name}::${node.variation}` : node.name} />;
    case NodeType.UserLink:
      return <UserMention key={key} id={node.userID} />;
    case NodeType.ChannelLink:
      return <ChannelMention key={key} id={node.channelID} />;
    case NodeType.URL:
      return <Link key={key} url={unescaped(node.url)} text={inner(node.label)} />;
    case NodeType.Command:
      return <Command key={key} name={node.name} given={node.arguments} label={inner(node.label)} />;
    case NodeType.Root:
      return inner(node.children);
  }
}

/** Slack's own markup. */
export function Mrkdwn({ text }: { text: string }) {
  const tree = useMemo(() => parse(text), [text]);
  return <>{shown(tree, 0)}</>;
}
