import type { ActionsBlockElement, KnownBlock } from '@slack/web-api';
import { findReports, type Report } from '#services/find-reports.ts';
import type { CommandRequest, Reply } from './feature.ts';
import { answerToUnknown } from './help/listeners.ts';
import { type ModalContent, openModal } from './modal.ts';
import { plain } from './rich-text.ts';
import { asTyped, fitted, inMarkup, inOneLine, mentionedUsers, nameOf } from './text.ts';

/** Slack's own limits: buttons in one row, options in one menu. */
const mostButtons = 25;
const mostOptions = 100;

/** How somebody is asked which of their reports they mean. */
export interface Choosing {
  /** "Whose call?" */
  question: string;
  /** `/coach observe`: a part of a name may follow it. */
  command: string;
  /** Each button's; its value is the person's id. */
  actionId: string;
  /** What a button does, for who cannot see the question: "Write about a call of". */
  does: string;
  /** Where nobody reports to them. */
  nobody: string;
}

/**
 * A command about one person: the modal about them, or a question which of their reports was meant. All of it
 * loads behind the modal, since a trigger does not wait for a name to be looked up.
 */
export function openAbout(
  request: CommandRequest,
  light: { callbackId: string; title: string },
  ask: Choosing,
  content: (personId: string) => Promise<ModalContent>,
  /** What opens instead for somebody to whom nobody reports and who named nobody. */
  own?: () => Promise<ModalContent>,
): Promise<Reply> {
  const whom = async (): Promise<ModalContent> => {
    const { context, workspaceId, userId, rest } = request;
    const [mentioned, ...others] = mentionedUsers(rest);
    if (mentioned !== undefined && others.length === 0) return content(mentioned);
    const reports = await findReports(context, workspaceId, userId);
    if (reports === undefined) return { instead: await answerToUnknown(request) };
    if (own !== undefined && rest.trim() === '' && reports.length === 0) return own();
    const named = personNamed(rest, reports);
    return 'id' in named ? content(named.id) : { instead: choosePerson(named.among, named.typed, ask) };
  };
  return openModal(request, light, whom());
}

/** Whom a command names: by mention, or by a part of the name of just one of these people. */
export function personNamed(
  rest: string,
  reports: readonly Report[],
): { id: string } | { among: readonly Report[]; typed: string | undefined } {
  const mentioned = mentionedUsers(rest);
  const [first] = mentioned;
  if (first !== undefined && mentioned.length === 1) return { id: first };
  const typed = asTyped(rest).trim();
  if (first !== undefined) {
    const meant = reports.filter(({ id }) => mentioned.includes(id));
    return { among: meant.length > 0 ? meant : reports, typed };
  }
  const part = typed.replace(/^@/, '').toLowerCase();
  if (part === '') return { among: reports, typed: undefined };
  const matching = reports.filter(({ name }) => name.toLowerCase().includes(part));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return { id: only.id };
  return { among: matching.length > 0 ? matching : reports, typed };
}

/** One press instead of typing a name. */
export function choosePerson(
  people: readonly Report[],
  typed: string | undefined,
  ask: Choosing,
): { text: string; blocks?: KnownBlock[] } {
  if (people.length === 0) return { text: ask.nobody };
  const unclear = typed === undefined ? '' : `“${inMarkup(fitted(inOneLine(typed), 60))}” is not clear. `;
  const rest =
    people.length > mostOptions
      ? ` These are ${mostOptions} of ${people.length}; part of a name finds the others: \`${ask.command} sam\`.`
      : '';
  const text = `${unclear}${ask.question}${rest}`;
  const elements =
    people.length > mostButtons ? [menu(people, ask)] : people.map((person) => button(person, ask));
  return {
    text,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text } },
      { type: 'actions', elements },
    ],
  };
}

function button(person: Report, { actionId, does }: Choosing): ActionsBlockElement {
  return {
    type: 'button',
    action_id: `${actionId}:${person.id}`,
    text: plain(nameOf(person.name, 75)),
    value: person.id,
    accessibility_label: fitted(`${does} ${nameOf(person.name, 50)}`, 75),
  };
}

function menu(people: readonly Report[], { actionId }: Choosing): ActionsBlockElement {
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain('Choose a person'),
    options: people
      .slice(0, mostOptions)
      .map((person) => ({ text: plain(nameOf(person.name, 75)), value: person.id })),
  };
}
