import { Icon } from './icon.tsx';

/** Pictures of other hosts are not fetched: the sandbox asks nobody outside this machine. */
export function Picture({ image, className }: { image: { [key: string]: unknown }; className: string }) {
  const source = sourceOf(image);
  const description = String(image['alt_text'] ?? '');
  if (source !== undefined) return <img class={className} src={source} alt={description} />;
  return (
    <span class={`${className} picture-elsewhere`} role="img" aria-label={description} title={description}>
      <Icon name="eye" />
      <span>{description}</span>
    </span>
  );
}

function sourceOf(image: { [key: string]: unknown }): string | undefined {
  const file = image['slack_file'];
  if (typeof file === 'object' && file !== null && 'id' in file) return `/page/files/${String(file.id)}`;
  const url = String(image['image_url'] ?? '');
  return URL.canParse(url) && new URL(url).origin === location.origin ? url : undefined;
}
