import type { NotYourOneOnOne } from '#services/open-one-on-one.ts';
import { firstNameOf, inMarkup, nameOf } from '../text.ts';

type KnownPersonsProblem = Exclude<NotYourOneOnOne, { kind: 'you_are_unknown' }>;

/** Why it cannot be logged, and what to do about it. */
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
  }
}

/** The same below a field of the modal, where Slack shows text as it is. */
export function notSavedBecause(
  { kind }: NotYourOneOnOne | { kind: 'nothing_to_keep' },
  repName: string,
): string {
  if (kind === 'nothing_to_keep') return 'There is nothing from last time to keep. Write one thing to try.';
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
