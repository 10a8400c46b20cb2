import { useEffect, useState } from 'preact/hooks';
import { keptStore } from '../data/store.ts';
import { Icon } from './icon.tsx';

const theme = keptStore('sandbox.theme', '');
const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** At the next opening the document itself sets it, before its first paint. */
function choose(colours: 'light' | 'dark'): void {
  document.documentElement.dataset['theme'] = colours;
  theme.set(colours);
}

function useSystemDark(): boolean {
  const [isDark, setDark] = useState(systemDark.matches);
  useEffect(() => {
    const follow = (): void => setDark(systemDark.matches);
    // It may have changed between the drawing and this, which on a busy machine is long.
    follow();
    systemDark.addEventListener('change', follow);
    return () => systemDark.removeEventListener('change', follow);
  }, []);
  return isDark;
}

export function ThemeSwitch() {
  const chosen = theme.use();
  const system = useSystemDark();
  const isDark = chosen === '' ? system : chosen === 'dark';
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
