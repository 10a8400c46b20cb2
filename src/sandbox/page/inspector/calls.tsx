import { useState } from 'preact/hooks';
import type { Call } from '../../local-slack/calls.ts';
import type { CallLine } from '../../page-server/protocol.ts';
import { useResource } from '../data/resource.ts';
import { Icon } from '../ui/icon.tsx';

type Way = 'all' | 'from app' | 'to app' | 'failed';

const ways: { way: Way; label: string }[] = [
  { way: 'all', label: 'All' },
  { way: 'from app', label: 'From the app' },
  { way: 'to app', label: 'To the app' },
  { way: 'failed', label: 'Failed' },
];

const most = 200;

const isFailed = (line: CallLine): boolean => line.error !== null || (line.status ?? 200) >= 400;

export function Calls() {
  const lines = useResource<CallLine[]>('/page/calls', ({ kind }) => kind === 'call');
  const [words, setWords] = useState('');
  const [way, setWay] = useState<Way>('all');
  const [open, setOpen] = useState<number | null>(null);
  const wanted = words.trim().toLocaleLowerCase();
  const shown = (lines ?? [])
    .filter((line) => way === 'all' || (way === 'failed' ? isFailed(line) : line.direction === way))
    .filter((line) => `${line.method} ${line.kind} ${line.about}`.toLocaleLowerCase().includes(wanted));
  return (
    <>
      <div class="inspector-filter">
        <label class="search">
          <Icon name="search" />
          <span class="visually-hidden">Filter by method, person or words</span>
          <input
            type="search"
            placeholder="Filter by method, person or words"
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </label>
        <fieldset class="ways" aria-label="Which requests">
          {ways.map((one) => (
            <button
              key={one.way}
              type="button"
              class="chip"
              aria-pressed={way === one.way}
              onClick={() => setWay(one.way)}
            >
              {one.label}
            </button>
          ))}
        </fieldset>
      </div>
      <ul class="calls" aria-label="Requests, newest first">
        {shown.slice(0, most).map((line) => (
          <li key={line.id} class={isFailed(line) ? 'call call-failed' : 'call'}>
            <button
              type="button"
              class="call-line"
              aria-expanded={open === line.id}
              onClick={() => setOpen(open === line.id ? null : line.id)}
            >
              <span class={`way way-${line.direction === 'from app' ? 'out' : 'in'}`}>
                {line.direction === 'from app' ? 'App → Slack' : 'Slack → App'}
              </span>
              <span class="call-method">{line.method}</span>
              <span class="call-about">{line.about}</span>
              <span class="call-state">
                {line.error ?? line.status ?? '…'}
                {line.durationMs !== null && ` · ${line.durationMs} ms`}
              </span>
            </button>
            {open === line.id && <Whole id={line.id} isAnswered={line.status !== null} />}
          </li>
        ))}
        {lines !== undefined && shown.length === 0 && <li class="quiet empty-line">No request fits.</li>}
        {shown.length > most && (
          <li class="quiet empty-line">{shown.length - most} older ones: narrow the filter.</li>
        )}
      </ul>
    </>
  );
}

function Whole({ id, isAnswered }: { id: number; isAnswered: boolean }) {
  const call = useResource<Call>(`/page/calls/${id}`, ({ kind }) => kind === 'call' && !isAnswered);
  if (call === undefined) return <p class="quiet empty-line">Loading…</p>;
  return (
    <div class="call-whole">
      <Json title="Request" value={call.request} />
      <Json title="Answer" value={call.response} />
    </div>
  );
}

/** What is JSON in a string is shown as what it is. */
function unfolded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unfolded);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unfolded(one)]));
  }
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return unfolded(JSON.parse(value));
  } catch {
    return value;
  }
}

function Json({ title, value }: { title: string; value: unknown }) {
  return (
    <>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre class="json" tabIndex={0}>
        {JSON.stringify(unfolded(value), null, 2)}
      </pre>
    </>
  );
}
