import { useEffect } from 'preact/hooks';
import type { Desk, World } from '../page-server/protocol.ts';
import { PlaceProvider } from './data/place.ts';
import { starting, useResource } from './data/resource.ts';
import { go, messages, routeOf, useHash } from './data/route.ts';
import { Shell } from './shell.tsx';
import { journey, movingNow } from './travel/state.ts';

/** Whom the visitor is at first: a manager, because the product begins with what a manager does. */
function firstPerson({ groups }: World): string | undefined {
  const people = groups.flatMap((group) => group.people);
  return (people.find((one) => one.id === 'U0DANA') ?? people[0])?.id;
}

export function App() {
  const world = useResource<World>('/page/world', ({ kind }) => ['message', 'read', 'user'].includes(kind));
  const hash = useHash();
  const route = routeOf(hash);
  const known = world?.groups.some((group) => group.people.some((one) => one.id === route?.as)) ?? false;
  const as = known ? route?.as : undefined;
  const desk = useResource<Desk>(as === undefined ? null : `/page/as/${as}`, ({ kind, user }) =>
    kind === 'call' || kind === 'connection' ? false : user === undefined || user === as,
  );
  const moving = movingNow.use();

  useEffect(() => {
    if (world === undefined || known) return;
    const first = firstPerson(world);
    if (first !== undefined) go({ as: first, place: messages });
  }, [world, known]);
  const isThere = world !== undefined;
  useEffect(() => {
    if (world?.journey) journey.set(world.journey);
  }, [isThere]);
  useEffect(() => {
    if (world !== undefined) document.title = `${desk?.me.name ?? world.team} · ${world.app.name} sandbox`;
  }, [world, desk?.me.name]);

  if (world === undefined || desk === undefined || route === undefined) return <Opening />;
  const now = Math.max(world.now, moving ?? 0);
  return (
    <PlaceProvider value={{ world, desk, route, now }}>
      <Shell />
    </PlaceProvider>
  );
}

function Opening() {
  const isStarting = starting.use();
  return (
    <div class="shell" aria-busy="true">
      <header class="topbar">
        <span class="brand">
          <span class="brand-name">Sideline</span> <span class="tag">Sandbox</span>
        </span>
      </header>
      <div class="columns">
        <div class="people" />
        <div class="sidebar" />
      </div>
      <div class="stage">
        <main class="main">
          <div class="empty starting" role="status">
            <span class="spinner" aria-hidden="true" />
            <h2>Opening the workspace…</h2>
            {isStarting && (
              <p>
                The team's last four months are being put in place. This takes some seconds, the first time
                only; with a seed of your own, a minute or two.
              </p>
            )}
          </div>
        </main>
      </div>
    </div>
  );
}
