import { explainMessagesTo, findExplainable, type NotExplained } from '#services/explain-messages.ts';
import { type Choosing, choosePerson, personNamed } from '../choose-person.ts';
import type { ActionRequest, CommandRequest, Feature, Reply, Request } from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { type ModalContent, openModal, unlessGone, wordsModal } from '../modal.ts';
import { inMarkup, nameOf } from '../text.ts';
import { ids, mostAtFirst, mostInAll, title, whyModal } from './view.ts';

/** `/coach why`: what was decided about somebody's messages, and what Slack answered. */
export const why: Feature = {
  name: 'why',
  help: [
    {
      usage: '/coach why',
      does: 'why you did or did not get a message',
      for: [],
      example: '/coach why',
      more: 'Each line is a decision: what was due, whether working time, an absence or the number of messages kept it back, and what Slack answered.',
    },
    {
      usage: '/coach why @name',
      does: 'the same about the messages of somebody else',
      for: ['manager', 'enablement', 'admin'],
      example: '/coach why @sam',
      more: 'Managers see it of their own reports, enablement and admins of everybody. What a message said is not shown.',
    },
  ],
  commands: { why: open },
  actions: { [ids.person]: pressedPerson, [ids.more]: pressedMore },
};

const light = { callbackId: ids.modal, title };

const ask: Choosing = {
  question: 'Whose messages?',
  command: '/coach why',
  actionId: ids.person,
  does: 'Look up the messages to',
  nobody: 'You can look up your own messages: `/coach why`.',
};

function open(request: CommandRequest): Promise<Reply> {
  return openModal(request, light, typedContent(request));
}

async function typedContent(request: CommandRequest): Promise<ModalContent> {
  const { context, workspaceId, userId, rest } = request;
  if (rest.trim() === '') return content(request, userId);
  const people = await findExplainable(context, workspaceId, userId);
  if (people === undefined) return { instead: await answerToUnknown(request) };
  const meant = personNamed(rest, people);
  return 'id' in meant
    ? content(request, meant.id)
    : { instead: choosePerson(meant.among, meant.typed, ask) };
}

function pressedPerson(request: ActionRequest): Promise<Reply> {
  return openModal(request, light, content(request, request.value));
}

async function pressedMore(request: ActionRequest): Promise<Reply> {
  const { client, view, value } = request;
  if (view === undefined) return undefined;
  const filled = await content(request, value, mostInAll);
  // Somebody may have lost the right to look while they were looking.
  const shown = 'view' in filled ? filled.view : wordsModal(title, filled.instead.text);
  await unlessGone(client.views.update({ view_id: view.id, hash: view.hash, view: shown }));
  return undefined;
}

async function content(request: Request, personId: string, most = mostAtFirst): Promise<ModalContent> {
  const { context, workspaceId, userId } = request;
  const explained = await explainMessagesTo(context, workspaceId, userId, { personId, most });
  return explained.ok
    ? { view: whyModal(explained.value, userId) }
    : { instead: await refusal(request, personId, explained.problem) };
}

async function refusal(request: Request, personId: string, problem: NotExplained): Promise<{ text: string }> {
  switch (problem.kind) {
    case 'you_are_unknown':
      return answerToUnknown(request);
    case 'unknown':
      return {
        text:
          personId === request.botUserId
            ? 'That is me, and nobody sends me anything. Name a person: `/coach why @name`.'
            : `Sideline does not know <@${personId}>, so nothing is sent to them. An admin or your enablement lead can add them.`,
      };
    case 'not_yours':
      return {
        text:
          `The messages to ${inMarkup(nameOf(problem.personName))} are for them, their manager, enablement and admins to look up. ` +
          '`/coach why` shows yours.',
      };
  }
}
