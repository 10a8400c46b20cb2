import { useMemo } from 'preact/hooks';
import type { MessageShown } from '../../local-slack/person/reading.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { dismiss } from '../data/deeds.ts';
import { usePlace } from '../data/place.ts';
import { fullMoment, timeOf } from '../data/zoned.ts';
import { SurfaceProvider, type SurfaceShown } from '../elements/surface.ts';
import { Emoji } from '../text/emoji.tsx';
import { Mrkdwn } from '../text/mrkdwn.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Unknown } from '../ui/unknown.tsx';
import { MessageMenu } from './message-menu.tsx';

interface MessageProps {
  message: MessageShown;
  /** Follows one of the same author: without face and name. */
  compact: boolean;
  inThread: boolean;
  openThread: ((ts: string) => void) | undefined;
  /** The one that a link led to. */
  marked: boolean;
  /** The one the keyboard is at. */
  isAt: boolean;
}

export function Message({ message, compact, inThread, openThread, marked, isAt }: MessageProps) {
  const { desk } = usePlace();
  const { author, shownAt, ephemeral } = message;
  const time = timeOf(shownAt, desk.me.zone);
  const isCompact = compact && !ephemeral;
  return (
    <li
      class={`message ${isCompact ? 'message-compact' : ''} ${ephemeral ? 'message-own' : ''} ${marked ? 'message-marked' : ''}`}
      data-ts={message.ts}
      data-testid="message"
      tabIndex={-1}
    >
      <article aria-label={`${author.name}, ${time}`}>
        {ephemeral && (
          <div class="only-you">
            <Icon name="eye" />
            <span>Only visible to you</span>
          </div>
        )}
        <div class="message-row">
          <div class="message-edge">
            {isCompact ? (
              <time class="message-time" title={fullMoment(shownAt, desk.me.zone)}>
                {time.replace(/\s?[AP]M$/, '')}
              </time>
            ) : (
              <Avatar id={author.id} name={author.name} isApp={author.isApp} />
            )}
          </div>
          <div class="message-body">
            {!isCompact && (
              <div class="message-head">
                <span class="author">{author.name}</span>
                {author.isApp && <span class="app-tag">App</span>}
                <time title={fullMoment(shownAt, desk.me.zone)}>{time}</time>
              </div>
            )}
            <Content message={message} />
            {ephemeral && (
              <button
                type="button"
                class="link-button small"
                onClick={() => void dismiss(desk.me.id, message.ts)}
              >
                Dismiss
              </button>
            )}
            <Reactions reactions={message.reactions} />
            {message.replies !== null && openThread !== undefined && (
              <button type="button" class="replies" onClick={() => openThread(message.ts)}>
                {message.replies.count} {message.replies.count === 1 ? 'reply' : 'replies'}
              </button>
            )}
          </div>
        </div>
        {!ephemeral && (
          <MessageMenu message={message} inThread={inThread} openThread={openThread} isAt={isAt} />
        )}
      </article>
    </li>
  );
}

function Content({ message }: { message: MessageShown }) {
  const { channel, ts, values, text, blocks, edited, attachments, files } = message;
  const unsent: SurfaceShown['unsent'] = useMemo(() => new Map(), []);
  const surface: SurfaceShown = {
    at: { kind: 'message', channel, ts },
    values,
    errors: {},
    busy: false,
    unsent,
  };
  return (
    <SurfaceProvider value={surface}>
      {message.broadcast && <div class="quiet small">replied to a thread</div>}
      {blocks.length > 0 ? (
        <Blocks blocks={blocks} />
      ) : (
        <div class="words">
          <Mrkdwn text={text} />
        </div>
      )}
      {attachments.length > 0 && <Unknown what="attachment" value={attachments} />}
      {files.length > 0 && (
        <ul class="files" aria-label="Files">
          {files.map((file) => (
            <li key={file.id}>
              <Icon name="file" />
              <a href={`/page/files/${file.id}`} download={file.name}>
                {file.name}
              </a>
            </li>
          ))}
        </ul>
      )}
      {edited && <span class="edited">(edited)</span>}
    </SurfaceProvider>
  );
}

function Reactions({ reactions }: { reactions: MessageShown['reactions'] }) {
  if (reactions.length === 0) return null;
  return (
    <ul class="reactions" aria-label="Reactions">
      {reactions.map((one) => (
        <li key={one.name} class="reaction">
          <Emoji name={one.name} /> {one.count}
        </li>
      ))}
    </ul>
  );
}
