import { useEffect, useMemo } from 'preact/hooks';
import { Blocks } from '../blocks/blocks.tsx';
import { openApp } from '../data/deeds.ts';
import { usePlace } from '../data/place.ts';
import { SurfaceProvider, type SurfaceShown } from '../elements/surface.ts';

/** The app's Home tab. Looking at it tells the app, which may publish it anew. */
export function HomeTab() {
  const { desk, world } = usePlace();
  const { home, me } = desk;
  const unsent: SurfaceShown['unsent'] = useMemo(() => new Map(), []);
  useEffect(() => void openApp(me.id, 'home'), [me.id]);
  if (home === null) {
    return (
      <div class="messages">
        <div class="empty">
          <h2>Nothing on Home yet</h2>
          <p>
            {world.app.name} has not published a Home tab for {me.name}. Its messages are in the tab beside
            this one.
          </p>
        </div>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="messages home-tab" aria-label={`Home of ${world.app.name}`} tabIndex={0}>
      <SurfaceProvider
        value={{
          at: { kind: 'view', id: home.id },
          values: home.values,
          errors: home.errors,
          busy: home.busy,
          unsent,
        }}
      >
        <Blocks blocks={home.blocks} />
      </SurfaceProvider>
    </section>
  );
}
