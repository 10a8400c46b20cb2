import { Icon } from './icon.tsx';

const shades = 8;

function shadeOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return sum % shades;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('');
}

/** A face for everybody, without anybody's picture. */
export function Avatar({ id, name, isApp = false }: { id: string; name: string; isApp?: boolean }) {
  if (isApp) {
    return (
      <span class="avatar avatar-app" aria-hidden="true">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M9 24V8M15 12h8M15 20h8" />
        </svg>
      </span>
    );
  }
  if (id === 'USLACKBOT') {
    return (
      <span class="avatar avatar-slackbot" aria-hidden="true">
        <Icon name="bolt" />
      </span>
    );
  }
  return (
    <span class={`avatar avatar-${shadeOf(id)}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
