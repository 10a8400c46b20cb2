import type { KnownBlock } from '@slack/web-api';
import { standingOf } from '#services/view-digest.ts';
import { type HomePart, mayForAll } from '../home/part.ts';
import { plain } from '../rich-text.ts';
import { homeButtons, standingInWords } from './view.ts';

/** The digest on the Home of whoever chooses it. */
export const digestHome: HomePart = async (request) => {
  const { trx, workspaceId, person, viewerId } = request;
  if (viewerId !== undefined || !mayForAll(request, 'choose_digest')) return {};
  const standing = await standingOf(trx, workspaceId, person);
  const { choice } = standing;
  const isChosen = choice !== undefined && choice.channel !== null && choice.trouble === null;
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain('Weekly digest') },
    { type: 'section', text: { type: 'mrkdwn', text: standingInWords(standing) } },
    homeButtons(isChosen ? 'Change' : 'Choose a channel'),
  ];
  return { workspace: blocks };
};
