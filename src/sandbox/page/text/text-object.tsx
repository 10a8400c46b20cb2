import { Unknown } from '../ui/unknown.tsx';
import { Emojis } from './emoji.tsx';
import { Mrkdwn } from './mrkdwn.tsx';

/** A text object of Block Kit. */
export function TextObject({ value }: { value: unknown }) {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('type' in value)) {
    return <Unknown what="text" value={value} />;
  }
  const text = String(value.text);
  if (value.type === 'mrkdwn') return <Mrkdwn text={text} />;
  if (value.type !== 'plain_text')
    return <Unknown what={`text of type ${String(value.type)}`} value={value} />;
  return 'emoji' in value && value.emoji === false ? text : <Emojis text={text} />;
}
