import type { Installed, NotInstalled } from '#services/install-workspace.ts';
import type { Page } from './page.ts';
import type { WrongState } from './state.ts';

const again = { label: 'Begin anew', to: '/slack/install' };
const nothingKept = 'Nothing was installed, and nothing was kept.';

const failed = (status: number, title: string, ...lines: string[]): Page => ({
  status,
  title,
  lines: [...lines.slice(0, 1), nothingKept, ...lines.slice(1)],
  links: [again],
});

export function installedPage({ name, appId, teamId, again: wasHere }: Installed): Page {
  const home =
    teamId === undefined || appId === ''
      ? []
      : [
          {
            label: 'Open Sideline in Slack',
            to: `slack://app?${new URLSearchParams({ team: teamId, id: appId, tab: 'home' })}`,
          },
        ];
  const where = name === '' ? 'your workspace' : name;
  if (wasHere) {
    return {
      status: 200,
      title: `Sideline is installed in ${where} again`,
      lines: [
        'Everything that was kept is there, and goes on as it was set. What fell due in between is not made up for.',
        'Nothing more is to be done here.',
      ],
      links: home,
    };
  }
  return {
    status: 200,
    title: `Sideline is installed in ${where}`,
    lines: [
      ...(teamId === undefined
        ? [
            'It is installed for the whole organisation: add it to the workspaces that are to use it, in Slack under "Manage apps".',
          ]
        : []),
      'Nobody gets a message yet. Open the app in Slack and go to its Home: there you say who coaches whom, and begin.',
    ],
    links: home,
  };
}

export const deniedPage: Page = failed(
  403,
  'Sideline was not installed',
  'In Slack the installation was not allowed, or was cancelled.',
  'If your workspace wants an administrator to agree, ask one, and begin anew after that.',
);

export const otherRefusalPage = (answer: string): Page =>
  failed(
    400,
    'Slack did not go on with this',
    /^\w{1,60}$/.test(answer) ? `Slack says: ${answer}.` : 'Slack gave a reason that cannot be shown.',
    'Begin anew. If it comes again, tell whoever runs Sideline what Slack says.',
  );

export function wrongStatePage(wrong: WrongState): Page {
  const why = {
    missing: 'The address has no mark of where you began, so nobody can tell that it was you.',
    forged: 'The address was changed on its way, or was not made here.',
    expired: 'More than ten minutes have passed since you began.',
    other_browser: 'It was begun in another browser, or this one keeps no cookies.',
    used: 'This address was used before.',
  };
  return failed(
    400,
    'This installation could not be finished',
    why[wrong],
    'Begin anew, and finish it in the same browser.',
  );
}

export const noCodePage: Page = failed(
  400,
  'This installation could not be finished',
  'Slack sent no code along, so there is nothing to show it.',
  'Begin anew.',
);

export function notInstalledPage(problem: NotInstalled): Page {
  switch (problem.kind) {
    case 'code_refused':
      return failed(
        400,
        'This installation could not be finished',
        `Slack does not take the code of this address any more (${problem.answer}): it is good once, for ten minutes.`,
        'Begin anew.',
      );
    case 'app_refused':
      return failed(
        502,
        'Sideline is not set up rightly',
        `Slack does not take the settings of this app (${problem.answer}).`,
        'Whoever runs Sideline has to correct SLACK_CLIENT_ID, SLACK_CLIENT_SECRET or the redirect URL of the Slack app.',
      );
    case 'no_answer':
      return failed(
        502,
        'Slack does not answer',
        'You have agreed, but Slack gave no answer when it was asked for the token.',
        'Begin anew in a few minutes.',
      );
    case 'no_bot':
    case 'no_team':
      return failed(
        502,
        'Slack sent something else than was asked for',
        problem.kind === 'no_bot' ? 'Its answer has no token of a bot.' : 'Its answer names no workspace.',
        'Begin anew. If it comes again, tell whoever runs Sideline.',
      );
    case 'scopes_missing':
      return failed(
        403,
        'Sideline may do too little',
        `It was allowed without ${problem.scopes.join(', ')}, and does not work without.`,
        'Begin anew and allow all of it. If Slack did not ask for it, the manifest of the Slack app is of another version.',
      );
  }
}

export const unsavedPage: Page = failed(
  500,
  'This could not be saved just now',
  'Slack has agreed, but what it gave could not be kept here.',
  'Begin anew in a few minutes; Slack asks you once more then.',
);

export const leavingPage: Page = {
  status: 302,
  title: 'On to Slack',
  lines: ['Slack asks you there whether Sideline may be installed.'],
};
