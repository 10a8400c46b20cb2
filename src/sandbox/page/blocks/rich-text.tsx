import type { ComponentChildren } from 'preact';
import type { Block } from '../../local-slack/surface/blocks.ts';
import type { Fields } from '../../local-slack/types.ts';
import { usePlace } from '../data/place.ts';
import { dateTokens } from '../data/zoned.ts';
import { fieldsIn, isFields } from '../elements/read.ts';
import { Emoji } from '../text/emoji.tsx';
import { Broadcast, ChannelMention, Link, UserMention } from '../text/mentions.tsx';
import { Unknown } from '../ui/unknown.tsx';

export function RichTextBlock({ block }: { block: Block }) {
  return (
    <div class="block rich-text words">
      <RichText value={block} />
    </div>
  );
}

/** Also in the cells of tables. */
export function RichText({ value }: { value: { [key: string]: unknown } }) {
  return <>{fieldsIn(value['elements']).map(part)}</>;
}

function part(value: Fields, key: number): ComponentChildren {
  const bordered = value['border'] === 1 ? 'bordered' : '';
  const leaves = fieldsIn(value['elements']);
  switch (value['type']) {
    case 'rich_text_section':
      return (
        <div key={key} class="rich-section">
          {leaves.map(leaf)}
        </div>
      );
    case 'rich_text_quote':
      return (
        <blockquote key={key} class={bordered}>
          {leaves.map(leaf)}
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre key={key} class={bordered}>
          {leaves.map(leaf)}
        </pre>
      );
    case 'rich_text_list': {
      const indent = Number(value['indent'] ?? 0);
      const items = leaves.map((item, index) => <li key={index}>{fieldsIn(item['elements']).map(leaf)}</li>);
      const look = `${bordered} indent-${indent}`;
      return value['style'] === 'ordered' ? (
        <ol key={key} class={look} start={Number(value['offset'] ?? 0) + 1}>
          {items}
        </ol>
      ) : (
        <ul key={key} class={look}>
          {items}
        </ul>
      );
    }
    default:
      return <Unknown key={key} what={`rich text ${String(value['type'])}`} value={value} />;
  }
}

function leaf(value: Fields, key: number): ComponentChildren {
  return <Leaf key={key} value={value} />;
}

function Leaf({ value }: { value: Fields }) {
  const style = isFields(value['style']) ? value['style'] : {};
  let content = plainLeaf(value);
  if (style['code'] === true) content = <code>{content}</code>;
  if (style['bold'] === true) content = <strong>{content}</strong>;
  if (style['italic'] === true) content = <em>{content}</em>;
  if (style['strike'] === true) content = <s>{content}</s>;
  if (style['underline'] === true) content = <u>{content}</u>;
  return content;
}

function plainLeaf(value: Fields): ComponentChildren {
  switch (value['type']) {
    case 'text':
      return String(value['text']);
    case 'link':
      return (
        <Link
          url={String(value['url'])}
          text={value['text'] === undefined ? undefined : String(value['text'])}
        />
      );
    case 'user':
      return <UserMention id={String(value['user_id'])} />;
    case 'channel':
      return <ChannelMention id={String(value['channel_id'])} />;
    case 'usergroup':
      return <span class="mention">@{String(value['usergroup_id'])}</span>;
    case 'team':
      return <span class="mention">@{String(value['team_id'])}</span>;
    case 'broadcast':
      return <Broadcast range={String(value['range'])} />;
    case 'emoji':
      return <Emoji name={String(value['name'])} />;
    case 'color':
      return (
        <span class="colour">
          <span class="colour-patch" style={{ background: String(value['value']) }} aria-hidden="true" />
          {String(value['value'])}
        </span>
      );
    case 'date':
      return <Moment value={value} />;
    default:
      return <Unknown what={`rich text ${String(value['type'])}`} value={value} />;
  }
}

function Moment({ value }: { value: Fields }) {
  const { desk, now } = usePlace();
  const text = dateTokens(String(value['format']), Number(value['timestamp']), desk.me.zone, now);
  return value['url'] === undefined ? text : <Link url={String(value['url'])} text={text} />;
}
