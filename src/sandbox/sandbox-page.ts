import { features } from '#slack/features.ts';
import { explainMessage } from './explain.ts';
import { guideState, hasArrived } from './guide.ts';
import { createPage, type PageHandler } from './page-server/page.ts';
import type { Sandbox } from './sandbox.ts';
import { team, teamName } from './team.ts';

/** The page with what only the product knows: its people, its commands, and its reasons; the first minute needs a past. */
export function sandboxPage(running: () => Sandbox | undefined, { empty = false } = {}): PageHandler {
  return createPage(running, {
    teamName,
    members: team,
    help: features.flatMap((feature) => feature.help),
    ...(empty ? {} : { guide: guideState, hasArrived }),
    explain: explainMessage,
  });
}
