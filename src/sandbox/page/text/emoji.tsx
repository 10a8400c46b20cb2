import { nameToEmoji } from 'gemoji';

/** Names that Slack has and the list calls otherwise. */
const others: Record<string, string> = {
  slightly_smiling_face: '🙂',
  simple_smile: '🙂',
  thumbsup_all: '👍',
  white_frowning_face: '☹️',
  flag_gb: '🇬🇧',
  heavy_multiplication_x: '✖️',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_red_square: '🟥',
  large_yellow_square: '🟨',
  large_green_square: '🟩',
  large_orange_circle: '🟠',
  telephone_receiver: '📞',
  spiral_calendar_pad: '🗓️',
  chart: '💹',
};

const skinTones = ['', '🏻', '🏼', '🏽', '🏾', '🏿'];

export function emojiOf(name: string): string | undefined {
  const [plain = '', tone] = name.split('::skin-tone-');
  const found = Object.hasOwn(nameToEmoji, plain) ? nameToEmoji[plain] : others[plain];
  return found === undefined
    ? undefined
    : found + (tone === undefined ? '' : (skinTones[Number(tone) - 1] ?? ''));
}

/** A name that nobody knows is shown as it was written, as in Slack. */
export function Emoji({ name }: { name: string }) {
  const emoji = emojiOf(name);
  if (emoji === undefined) return <>{`:${name}:`}</>;
  return (
    <span class="emoji" role="img" aria-label={`${name.replaceAll('_', ' ')} emoji`} title={`:${name}:`}>
      {emoji}
    </span>
  );
}

/** Plain text with its emoji. */
export function Emojis({ text }: { text: string }) {
  const parts = text.split(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g);
  return (
    <>
      {parts.map((part, index) => (index % 2 === 0 ? part : <Emoji key={`${index}${part}`} name={part} />))}
    </>
  );
}
