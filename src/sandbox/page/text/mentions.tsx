import { usePlace } from '../data/place.ts';

export function UserMention({ id, label }: { id: string; label?: string }) {
  const { world, desk } = usePlace();
  const found = world.directory.find((one) => one.id === id);
  const own = desk.me.id === id;
  return <span class={own ? 'mention mention-own' : 'mention'}>@{found?.name ?? label ?? id}</span>;
}

export function ChannelMention({ id, label }: { id: string; label?: string }) {
  const { world } = usePlace();
  const found = world.channels.find((one) => one.id === id);
  return <span class="mention">#{found?.name ?? label ?? id}</span>;
}

export function Broadcast({ range }: { range: string }) {
  return <span class="mention mention-own">@{range}</span>;
}

/** Leads out of the sandbox, so it says so and opens beside it. */
export function Link({ url, text }: { url: string; text?: preact.ComponentChildren }) {
  const safe = /^(https?:|mailto:|tel:)/i.test(url);
  if (!safe) return <span class="mention">{text ?? url}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {text ?? url.replace(/^mailto:/, '')}
    </a>
  );
}
