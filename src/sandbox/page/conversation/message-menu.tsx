import type { MessageShown } from '../../local-slack/person/reading.ts';
import { messageShortcut } from '../data/deeds.ts';
import { usePlace } from '../data/place.ts';
import { inspectMessage } from '../inspector/state.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';

/** What can be done with a message; at its corner, as in Slack. */
export function MessageMenu({
  message,
  inThread,
  openThread,
  isAt,
}: {
  message: MessageShown;
  inThread: boolean;
  openThread: ((ts: string) => void) | undefined;
  /** Whether the keyboard is at this message: the menus of all the others are passed over. */
  isAt: boolean;
}) {
  const tabIndex = isAt ? 0 : -1;
  const { desk } = usePlace();
  const { channel, ts, author } = message;
  const items = desk.shortcuts
    .filter((one) => one.type === 'message')
    .map((one) => ({
      key: one.callbackId,
      label: one.name,
      choose: () => void messageShortcut(desk.me.id, one.callbackId, channel, ts),
    }));
  return (
    <div class="message-menu">
      {!inThread && openThread !== undefined && (
        <button
          type="button"
          class="icon-button"
          tabIndex={tabIndex}
          aria-label={`Reply in thread to ${author.name}`}
          title="Reply in thread"
          onClick={() => openThread(message.threadTs ?? ts)}
        >
          <Icon name="thread" />
        </button>
      )}
      <MenuButton
        label={`More about the message of ${author.name}`}
        className="icon-button"
        tabIndex={tabIndex}
        items={[
          ...items,
          {
            key: 'inspect',
            label: 'Why was this sent?',
            hint: 'Sandbox',
            choose: () => inspectMessage({ channel, ts }),
          },
        ]}
      >
        <Icon name="more" />
      </MenuButton>
    </div>
  );
}
