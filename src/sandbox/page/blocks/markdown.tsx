import { lexer, type Token, type Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Block } from '../../local-slack/surface/blocks.ts';
import { Emojis } from '../text/emoji.tsx';
import { Link } from '../text/mentions.tsx';
import { Unknown } from '../ui/unknown.tsx';

/** Standard Markdown, from the parser's tokens to elements: no HTML is ever taken from a message. */
export function MarkdownBlock({ block }: { block: Block }) {
  const text = String(block['text'] ?? '');
  const tokens = useMemo(() => lexer(text), [text]);
  return <div class="block markdown words">{tokens.map(shown)}</div>;
}

function inner(tokens: Token[] | undefined, otherwise = ''): ComponentChildren {
  return tokens === undefined ? <Emojis text={otherwise} /> : tokens.map(shown);
}

function List({ list }: { list: Tokens.List }) {
  const items = list.items.map((item, index) => (
    <li key={index}>
      {item.task && (
        <span role="img" aria-label={item.checked ? 'done' : 'open'}>
          {item.checked ? '☑' : '☐'}{' '}
        </span>
      )}
      {inner(item.tokens)}
    </li>
  ));
  return list.ordered ? <ol start={Number(list.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}

function Table({ table }: { table: Tokens.Table }) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            {table.header.map((cell, index) => (
              <th key={index} scope="col" style={{ textAlign: cell.align ?? 'left' }}>
                {inner(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, index) => (
                <td key={index} style={{ textAlign: cell.align ?? 'left' }}>
                  {inner(cell.tokens)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function shown(token: Token, key: number): ComponentChildren {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return (
        <p key={key} class={`markdown-heading header-${token['depth']}`}>
          {inner(token['tokens'])}
        </p>
      );
    case 'paragraph':
      return <p key={key}>{inner(token['tokens'])}</p>;
    case 'text':
    case 'escape':
      return (
        <span key={key}>{inner('tokens' in token ? token.tokens : undefined, String(token['text']))}</span>
      );
    case 'html':
      return token.raw;
    case 'strong':
      return <strong key={key}>{inner(token['tokens'])}</strong>;
    case 'em':
      return <em key={key}>{inner(token['tokens'])}</em>;
    case 'del':
      return <s key={key}>{inner(token['tokens'])}</s>;
    case 'codespan':
      return <code key={key}>{token['text']}</code>;
    case 'code':
      return <pre key={key}>{token['text']}</pre>;
    case 'br':
      return <br key={key} />;
    case 'hr':
      return <hr key={key} class="divider" />;
    case 'blockquote':
      return <blockquote key={key}>{inner(token['tokens'])}</blockquote>;
    case 'link':
      return <Link key={key} url={String(token['href'])} text={inner(token['tokens'])} />;
    case 'image':
      return <Link key={key} url={String(token['href'])} text={String(token['text'])} />;
    case 'list':
      return <List key={key} list={token as Tokens.List} />;
    case 'table':
      return <Table key={key} table={token as Tokens.Table} />;
    default:
      return <Unknown key={key} what={`Markdown ${token.type}`} value={token} />;
  }
}
