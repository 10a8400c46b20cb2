import { keptStore } from '../data/store.ts';
import { Icon } from './icon.tsx';

const theme = keptStore('sandbox.theme', '');

/** At the next opening the document itself sets it, before its first paint. */
function choose(colours: 'light' | 'dark'): void {
  document.documentElement.dataset['theme'] = colours;
  theme.set(colours);
}

export function ThemeSwitch() {
  const chosen = theme.use();
  const isDark = chosen === '' ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  const label = isDark ? 'Light colours' : 'Dark colours';
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={() => choose(isDark ? 'light' : 'dark')}
    >
      <Icon name={isDark ? 'sun' : 'moon'} />
    </button>
  );
}
