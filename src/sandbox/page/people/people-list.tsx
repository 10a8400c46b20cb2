import type { PersonCard } from '../../page-server/protocol.ts';
import { usePlace } from '../data/place.ts';
import { hashOf, home, messages } from '../data/route.ts';
import { cityOf, timeOf } from '../data/zoned.ts';
import { Avatar } from '../ui/avatar.tsx';
import { moveInList } from '../ui/roving.ts';

/** Whose eyes the visitor looks through. */
export function PeopleList({ onChoose }: { onChoose: () => void }) {
  const { world } = usePlace();
  return (
    <nav class="people" aria-label="You are" onKeyDown={(event) => moveInList(event, 'a')}>
      <h2 class="people-title">You are</h2>
      {world.groups.map((group) => (
        <section key={group.label} aria-label={group.label}>
          <h3>{group.label}</h3>
          <ul>
            {group.people.map((person) => (
              <li key={person.id}>
                <PersonLink person={person} onChoose={onChoose} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function PersonLink({ person, onChoose }: { person: PersonCard; onChoose: () => void }) {
  const { desk, route, now } = usePlace();
  const { id, name, title, zone, unread } = person;
  const isMe = desk.me.id === id;
  // Everybody has the app; a channel they may not be in.
  const place = route.place === home ? home : messages;
  return (
    <a
      class="person"
      href={hashOf({ as: id, place })}
      aria-current={isMe ? 'true' : undefined}
      title={`${title}, ${cityOf(zone)} ${timeOf(now, zone)}`}
      onClick={onChoose}
    >
      <Avatar id={id} name={name} />
      <span class="person-words">
        <span class="person-name">{name}</span>
        <span class="person-title">{title}</span>
      </span>
      {unread > 0 && (
        <span class="badge">
          {unread}
          <span class="visually-hidden"> unread</span>
        </span>
      )}
    </a>
  );
}
