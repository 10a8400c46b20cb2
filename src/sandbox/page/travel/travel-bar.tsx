import type { Destination } from '../../page-server/protocol.ts';
import { travel } from '../data/deeds.ts';
import { usePlace } from '../data/place.ts';
import { cityOf, fullMoment, shortDay, timeOf } from '../data/zoned.ts';
import { Icon } from '../ui/icon.tsx';
import { journey } from './state.ts';

const destinations: { to: Destination; label: string; short: string; title: string }[] = [
  {
    to: 'next-message',
    label: 'To the next message',
    short: 'Next message',
    title: 'Travel until the app writes to anybody',
  },
  { to: 'hour', label: '+1 hour', short: '+1 hour', title: 'An hour later' },
  {
    to: 'tomorrow',
    label: 'Tomorrow 09:00',
    short: 'Tomorrow',
    title: 'Tomorrow at nine, on the clock of the person you are',
  },
  {
    to: 'week',
    label: '+1 week',
    short: '+1 week',
    title: 'A week later; everything due in between happens',
  },
];

/** Business time, and the ways through it. */
export function TravelBar() {
  const { desk, now } = usePlace();
  const { zone, id } = desk.me;
  const underWay = journey.use();
  const isMoving = underWay !== null;
  return (
    <section class={isMoving ? 'travel travel-moving' : 'travel'} aria-label="Time travel">
      <p class="clock" title={fullMoment(now, zone)}>
        <Icon name="clock" />
        <span class="clock-day">{shortDay(now, zone)}</span>
        <span class="clock-time" data-testid="clock">
          {timeOf(now, zone)}
        </span>
        <span class="clock-zone">{cityOf(zone)}</span>
      </p>
      <div class="travel-buttons">
        {destinations.map(({ to, label, short, title }) => (
          <button
            key={to}
            type="button"
            class="travel-button"
            title={title}
            aria-label={label}
            disabled={isMoving}
            onClick={() => void travel(id, to)}
          >
            {to === 'next-message' && <Icon name="next" />}
            <span class="long">{label}</span>
            <span class="short" aria-hidden="true">
              {short}
            </span>
          </button>
        ))}
      </div>
      <span class="visually-hidden" role="status">
        {isMoving ? 'Travelling' : ''}
      </span>
    </section>
  );
}
