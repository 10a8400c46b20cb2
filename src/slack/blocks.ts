import type { KnownBlock } from '@slack/web-api';
import { plain } from './rich-text.ts';

/** The blocks that nearly every screen is made of. */

export const header = (text: string): KnownBlock => ({ type: 'header', text: plain(text) });

/** Text of ours in Slack's mark-up; what people wrote goes through inMarkup, or into richText. */
export const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });

/** Small print, in mark-up. */
export const context = (text: string): KnownBlock => ({
  type: 'context',
  elements: [{ type: 'mrkdwn', text }],
});

/** Small print in which nothing is mark-up. */
export const note = (text: string): KnownBlock => ({ type: 'context', elements: [plain(text)] });
