import type { Report } from '#services/find-reports.ts';
import type { NotYourOneOnOne } from '#services/open-one-on-one.ts';
import { escaped, fitted, inOneLine } from '../text.ts';
import { firstName, ids } from './view.ts';

/** Why it cannot be logged, and what to do about it. */
export function explain(problem: NotYourOneOnOne | { kind: 'nothing_to_keep' }): { text: string } {
  switch (problem.kind) {
    case 'nothing_to_keep':
      return { text: 'There is nothing from last time to keep. Write one thing to try.' };
    case 'you_are_unknown':
      return { text: 'Sideline does not know you yet. Ask an admin or your enablement lead to add you.' };
    case 'yourself':
      return { text: 'That is you. A 1:1 is logged with one of your reports: `/coach log @name`.' };
    case 'rep_unknown':
      return {
        text: `Sideline does not know <@${problem.repId}> yet. An admin or your enablement lead can add them with their manager.`,
      };
    case 'not_your_report':
      return {
        text:
          `${escaped(fitted(problem.repName, 80))} does not report to you in Sideline, so this 1:1 is not yours to log. ` +
          'If that is wrong, an admin or your enablement lead can change the manager.',
      };
  }
}

const buttonsShown = 25;

/** One press instead of typing a name. */
export function askWhose(reports: Report[], typed?: string) {
  if (reports.length === 0) {
    return {
      text: 'Nobody reports to you in Sideline, so there is no 1:1 to log. An admin or your enablement lead can change that.',
    };
  }
  const asked =
    typed === undefined
      ? 'Whose 1:1?'
      : `“${escaped(fitted(inOneLine(typed), 60))}” is not clear. Whose 1:1?`;
  return {
    text: asked,
    blocks: [
      { type: 'section' as const, text: { type: 'mrkdwn' as const, text: asked } },
      {
        type: 'actions' as const,
        elements: reports.slice(0, buttonsShown).map((report) => ({
          type: 'button' as const,
          action_id: `${ids.log}:${report.id}`,
          text: { type: 'plain_text' as const, text: fitted(report.name, 75) },
          value: report.id,
          accessibility_label: fitted(`Log the 1:1 with ${firstName(report.name)}`, 75),
        })),
      },
    ],
  };
}
