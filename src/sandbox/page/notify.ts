import { useEffect, useRef } from 'preact/hooks';
import type { MessageShown } from '../local-slack/person/reading.ts';
import { markedMessage } from './conversation/message-list.tsx';
import { get } from './data/api.ts';
import { onLive } from './data/live.ts';
import type { Place } from './data/place.ts';
import { go, messages } from './data/route.ts';
import { journey } from './travel/state.ts';
import { say } from './ui/toasts.tsx';

/** Tells the person one is of a message that comes while they look elsewhere. */
export function useNotifications(place: Place): void {
  const latest = useRef(place);
  latest.current = place;
  const told = useRef(new Set<string>());
  useEffect(
    () =>
      onLive((event) => {
        // What went out on a journey is listed at its end.
        if (event.type !== 'changes' || journey.get() !== null) return;
        for (const { kind, channel, ts } of event.changes) {
          if (kind === 'message' && channel !== undefined && ts !== undefined) {
            void tell(latest.current, told.current, channel, ts);
          }
        }
      }),
    [],
  );
  useNotices(place);
}

async function tell({ desk, route }: Place, told: Set<string>, channel: string, ts: string): Promise<void> {
  const conversation = desk.conversations.find((one) => one.id === channel);
  if (conversation === undefined || told.has(ts)) return;
  const at = conversation.kind === 'app' ? messages : channel;
  if (route.place === at || ts <= (conversation.latestTs ?? '')) return;
  told.add(ts);
  const read = await get<{ messages: MessageShown[] }>(
    `/page/as/${desk.me.id}/messages?${new URLSearchParams({ channel, thread: ts })}`,
  );
  const message = read.messages.find((one) => one.ts === ts);
  if (message === undefined || message.author.id === desk.me.id || message.edited) return;
  say({
    kind: 'message',
    title:
      conversation.kind === 'app' ? message.author.name : `${message.author.name} in #${conversation.name}`,
    text: message.text,
    open: () => {
      markedMessage.set(ts);
      go({ as: desk.me.id, place: at, ...(message.threadTs === null ? {} : { thread: message.threadTs }) });
    },
  });
}

/** What Slack itself says, for instance that the app did not answer. */
function useNotices({ desk }: Place): void {
  const known = useRef({ as: '', count: 0 });
  const { notices } = desk;
  useEffect(() => {
    const isSame = known.current.as === desk.me.id;
    const fresh = isSame ? notices.slice(known.current.count) : [];
    known.current = { as: desk.me.id, count: notices.length };
    for (const notice of fresh) say({ kind: 'problem', title: 'Slack', text: notice.text });
  }, [desk.me.id, notices]);
}
