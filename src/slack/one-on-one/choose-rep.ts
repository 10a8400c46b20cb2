import type { ActionsBlockElement } from '@slack/web-api';
import type { Report } from '#services/find-reports.ts';
import type { Reply } from '../feature.ts';
import { plain } from '../rich-text.ts';
import { fitted, inMarkup, inOneLine, nameOf } from '../text.ts';
import { ids } from './view.ts';

/** Slack's own limits: buttons in one row, options in one menu. */
const mostButtons = 25;
const mostOptions = 100;

/** One press instead of typing a name. */
export function askWhose(reports: readonly Report[], typed?: string): Reply {
  if (reports.length === 0) {
    return {
      text: 'Nobody reports to you in Sideline, so there is no 1:1 to log. An admin or your enablement lead can change that.',
    };
  }
  const unclear = typed === undefined ? '' : `“${inMarkup(fitted(inOneLine(typed), 60))}” is not clear. `;
  const rest =
    reports.length > mostOptions
      ? ` These are ${mostOptions} of ${reports.length}; part of a name finds the others: \`/coach log sam\`.`
      : '';
  const text = `${unclear}Whose 1:1?${rest}`;
  return {
    text,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text } },
      { type: 'actions', elements: reports.length > mostButtons ? [menu(reports)] : reports.map(button) },
    ],
  };
}

function button(report: Report): ActionsBlockElement {
  return {
    type: 'button',
    action_id: `${ids.log}:${report.id}`,
    text: plain(nameOf(report.name, 75)),
    value: report.id,
    accessibility_label: `Log 1:1 with ${nameOf(report.name, 55)}`,
  };
}

function menu(reports: readonly Report[]): ActionsBlockElement {
  return {
    type: 'static_select',
    action_id: ids.log,
    placeholder: plain('Choose a person'),
    options: reports
      .slice(0, mostOptions)
      .map((report) => ({ text: plain(nameOf(report.name, 75)), value: report.id })),
  };
}
