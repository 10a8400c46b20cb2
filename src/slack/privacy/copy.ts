import { askForCopy, beginCopy, type CopyBegun, handOverCopy, settleCopy } from '#services/own-copy.ts';
import type { ActionRequest, Reply } from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, openModal, wordsModal } from '../modal.ts';
import { howToGrant, isGranted } from '../people-import/granted.ts';
import { plain } from '../rich-text.ts';
import { copyFiles } from './copy-files.ts';
import { conversationWith, tell } from './tell.ts';
import { sendFiles } from './upload.ts';
import { copyTitle, ids } from './view.ts';
import { dateInWords, momentInWords } from './words.ts';

/** Slack takes more; a record of that size is none that somebody reads in a conversation. */
const mostBytes = 20_000_000;

/** A press on "Send me a copy": it is sent once, or whoever runs Sideline is asked to make it. */
export async function pressedCopy(request: ActionRequest): Promise<Reply> {
  let changed: readonly string[] = [];
  const content = made(request, (told) => {
    changed = told;
  });
  await openModal(request, { callbackId: ids.copyModal, title: copyTitle, onTop: true }, content);
  return changed.length === 0 ? undefined : { changed };
}

const saying = (text: string): ModalContent => ({
  view: { ...wordsModal(copyTitle, text), close: plain('Back') },
});

type Told = (who: readonly string[]) => void;

async function made(request: ActionRequest, told: Told): Promise<ModalContent> {
  const { context, client, workspaceId, userId } = request;
  if (!(await isGranted(client, 'files:write'))) {
    return byOperator(request, howToGrant('files:write', 'To send it by itself, Sideline'), told);
  }
  const begun = await beginCopy(context, workspaceId, userId);
  if (begun.ok) return sent(request, begun.value, told);
  switch (begun.problem.kind) {
    case 'you_are_unknown':
      return { instead: await answerToUnknown(request) };
    case 'being_made':
      return saying('Your copy is being made. It comes into the messages with Sideline in a minute or so.');
    case 'lately': {
      const { at, isSure, timeZone } = begun.problem;
      const when = momentInWords(at, timeZone);
      return saying(
        isSure
          ? `Your copy was sent on ${when}: look in the messages with Sideline. From an hour after that you can have a new one.`
          : `${lost} That was on ${when}; from an hour after that you can ask again.`,
      );
    }
  }
}

const lost =
  'Slack did not say whether your copy has arrived. Look in the messages with Sideline: it is not sent a second time by itself.';

async function sent(request: ActionRequest, copy: CopyBegun, told: Told): Promise<ModalContent> {
  const { context, client, workspaceId, userId } = request;
  const ended = (how: 'sent' | 'unsure' | 'not_sent') =>
    settleCopy(context, workspaceId, { copyId: copy.copyId, personId: userId }, how);
  const files = copyFiles(copy, new Date(context.clock.now()));
  if (files.some(({ text }) => Buffer.byteLength(text) > mostBytes)) {
    return byOperator(request, 'It is too large to be sent in Slack.', told, copy.copyId);
  }
  const conversation = conversationWith(request, { userId, dmChannel: copy.dmChannel });
  const upload = await sendFiles(client, { conversation, comment, files });
  switch (upload.kind) {
    case 'sent':
      await ended('sent');
      return saying(
        'Your copy is in the messages with Sideline: one file to read, and the same for a machine. ' +
          'Nobody else sees that conversation; Slack keeps the files as long as its messages.',
      );
    case 'unsure':
      context.log.warn({ err: upload.error }, 'it is not known whether a copy was sent');
      await ended('unsure');
      return saying(lost);
    case 'not_sent':
      context.log.warn({ err: upload.error }, 'a copy was not sent');
      await ended('not_sent');
      return saying(again);
    case 'refused':
      return byOperator(
        request,
        `Slack does not take files from Sideline here (${upload.word}).`,
        told,
        copy.copyId,
      );
  }
}

const comment =
  'What Sideline keeps about you, as you asked: one file to read, and the same for a machine. Nobody else sees this conversation.';
const again =
  'Slack did not take the files just now, and nothing was sent. Close this and press again in a minute.';

async function byOperator(
  request: ActionRequest,
  why: string,
  told: Told,
  begunId?: string,
): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const asked = await askForCopy(context, workspaceId, userId, begunId);
  if (!asked.ok) return { instead: await answerToUnknown(request) };
  told(asked.value.told);
  const since = dateInWords(asked.value.since, asked.value.timeZone);
  return saying(
    `Asked for on ${since}. Whoever runs Sideline makes the copy and gives it to you; admins and enablement see on their Home that you wait, and you are told when it is done.\n\n${why}`,
  );
}

/** Confirmed by somebody who keeps the workspace: the copy is with the person. */
export async function pressedHandedOver(request: ActionRequest): Promise<Reply> {
  const { context, workspaceId, userId, value } = request;
  const handed = await handOverCopy(context, workspaceId, userId, value);
  if (!handed.ok) {
    return handed.problem.kind === 'nobody_waits'
      ? { changed: [userId] }
      : { text: 'Copies are for admins and enablement to hand over, and you are neither at the moment.' };
  }
  await tell(
    request,
    { userId: value, dmChannel: handed.value.dmChannel },
    'The copy you asked for of what Sideline keeps about you is marked as handed over. If it has not reached you, press “Send me a copy” in `/coach privacy` again.',
  );
  return { changed: handed.value.told };
}
