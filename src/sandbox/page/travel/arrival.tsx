import { useState } from 'preact/hooks';
import type { JourneyReport, Posted } from '../../page-server/protocol.ts';
import { markedMessage } from '../conversation/message-list.tsx';
import { usePlace } from '../data/place.ts';
import { hashOf, messages } from '../data/route.ts';
import { shortDay, timeOf } from '../data/zoned.ts';
import { Icon } from '../ui/icon.tsx';
import { report } from './state.ts';

interface Receiver {
  name: string;
  posted: Posted[];
}

/** One's own team first: that is whom one has in mind. */
function byReceiver(all: Posted[], near: readonly string[]): Receiver[] {
  const receivers = new Map<string, Receiver>();
  for (const one of all) {
    const found = receivers.get(one.channel) ?? { name: one.name, posted: [] };
    found.posted.push(one);
    receivers.set(one.channel, found);
  }
  const distance = ({ posted }: Receiver): number => {
    const at = near.indexOf(posted[0]?.person ?? '');
    return at < 0 ? near.length : at;
  };
  return [...receivers.values()].sort(
    (a, b) => distance(a) - distance(b) || b.posted.length - a.posted.length || a.name.localeCompare(b.name),
  );
}

function span(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  if (hours < 1) return `${Math.round(ms / 60_000)} minutes`;
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`;
  return `${Math.round(hours / 24)} days`;
}

function summary({ from, to, messages: posted, problem }: JourneyReport): string {
  if (problem !== null) return problem;
  if (posted.length === 0) {
    return to === from
      ? 'Nothing is due in the next month.'
      : `${span(to - from)} passed. No messages went out.`;
  }
  return `${span(to - from)} passed. ${posted.length} ${posted.length === 1 ? 'message' : 'messages'} went out:`;
}

const shownAtFirst = 6;

/** What happened on the way, each with the way to it. */
export function Arrival() {
  const shown = report.use();
  const [all, setAll] = useState(false);
  const { world, desk } = usePlace();
  if (shown === null) return null;
  const own = world.groups.find((group) => group.people.some((one) => one.id === desk.me.id));
  const near = [desk.me.id, ...(own?.people ?? []).map((one) => one.id)];
  const receivers = byReceiver(shown.messages, near);
  const visible = all ? receivers : receivers.slice(0, shownAtFirst);
  return (
    <section
      class={shown.problem === null ? 'arrival' : 'arrival arrival-problem'}
      aria-label="What happened on the way"
    >
      <p role="status">{summary(shown)}</p>
      <ul>
        {visible.map((one) => (
          <li key={one.name}>
            <ReceiverLink receiver={one} />
          </li>
        ))}
        {visible.length < receivers.length && (
          <li>
            <button type="button" class="link-button" onClick={() => setAll(true)}>
              and {receivers.length - visible.length} more
            </button>
          </li>
        )}
      </ul>
      <button
        type="button"
        class="icon-button"
        aria-label="Dismiss"
        title="Dismiss"
        onClick={() => report.set(null)}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}

function ReceiverLink({ receiver: { name, posted } }: { receiver: Receiver }) {
  const { desk } = usePlace();
  const last = posted.at(-1);
  if (last === undefined) return null;
  const as = last.person ?? desk.me.id;
  const place = last.person === null ? last.channel : messages;
  const route = { as, place, ...(last.threadTs === null ? {} : { thread: last.threadTs }) };
  const lines = posted.map(
    (one) => `${shortDay(one.shownAt, desk.me.zone)}, ${timeOf(one.shownAt, desk.me.zone)}: ${one.text}`,
  );
  return (
    <a class="chip" href={hashOf(route)} title={lines.join('\n')} onClick={() => markedMessage.set(last.ts)}>
      {name} <span class="chip-count">{posted.length}</span>
    </a>
  );
}
