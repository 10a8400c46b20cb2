import type { KnownBlock } from '@slack/web-api';
import type { ChangeProblem, LoggedToday } from '#services/change-one-on-one.ts';
import type { NotYourOneOnOne } from '#services/open-one-on-one.ts';
import { plain } from '../rich-text.ts';
import { firstNameOf, inMarkup, nameOf } from '../text.ts';
import { ids } from './view.ts';

type KnownPersonsProblem = Exclude<ChangeProblem, { kind: 'you_are_unknown' }>;

/** Why it cannot be logged or changed, and what to do about it. */
export function explain(problem: KnownPersonsProblem, botUserId: string | undefined): { text: string } {
  switch (problem.kind) {
    case 'yourself':
      return { text: 'That is you. A 1:1 is logged with one of your reports: `/coach log @name`.' };
    case 'rep_unknown':
      if (problem.repId === botUserId) {
        return { text: 'That is me, and I need no coaching. Name one of your reports: `/coach log @name`.' };
      }
      return {
        text:
          `Sideline does not know <@${problem.repId}>, so there is no 1:1 to log. If they report to you, ` +
          'an admin or your enablement lead can add them.',
      };
    case 'not_your_report':
      return {
        text:
          `${inMarkup(nameOf(problem.repName))} does not report to you in Sideline, so this 1:1 is not yours to log. ` +
          'If that is wrong, an admin or your enablement lead can change the manager.',
      };
    case 'not_your_log':
      return { text: 'Somebody else wrote this log, so only they can change it.' };
    case 'withdrawn':
      return { text: 'This log is withdrawn. `/coach log @name` writes a new one.' };
  }
}

/** The same below a field of the modal, where Slack shows text as it is. */
export function notSavedBecause(
  { kind }: NotYourOneOnOne | ChangeProblem | { kind: 'nothing_to_keep' },
  repName: string,
): string {
  if (kind === 'nothing_to_keep') return 'There is nothing from last time to keep. Write one thing to try.';
  if (kind === 'withdrawn' || kind === 'not_your_log') {
    const why = kind === 'withdrawn' ? 'this log was withdrawn meanwhile' : 'somebody else wrote this log';
    return `Not saved: ${why}. What you wrote is still here to copy; /coach log begins a new one.`;
  }
  const first = firstNameOf(repName);
  const reason =
    kind === 'not_your_report'
      ? `${first} does not report to you in Sideline any more`
      : kind === 'you_are_unknown'
        ? 'Sideline does not know you any more'
        : `Sideline does not know ${first} any more`;
  return (
    `Not saved: ${reason}. What you wrote is still here to copy. ` +
    'If that is wrong, an admin or your enablement lead can change it; then save again.'
  );
}

/** A second log on one day is mostly meant to be a change of the first. */
export function offerEarlier({ logId, repId, repName, time }: LoggedToday): {
  text: string;
  blocks: KnownBlock[];
} {
  const first = firstNameOf(repName);
  const text = `You logged a 1:1 with ${inMarkup(first)} at ${time} today. Change it, or is this another one?`;
  return {
    text,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text } },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: ids.change,
            text: plain(`Change what you saved at ${time}`),
            value: logId,
            style: 'primary',
          },
          { type: 'button', action_id: ids.another, text: plain('Log another'), value: repId },
        ],
      },
    ],
  };
}
