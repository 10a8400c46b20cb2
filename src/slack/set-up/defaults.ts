import type { ModalView } from '@slack/web-api';
import type { Settings } from '#domain/settings.ts';
import { section } from '../blocks.ts';
import { dayInWords } from '../dates.ts';
import { whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { groups } from '../settings/groups.ts';
import { groupBlock } from '../settings/view.ts';

export const defaultsId = 'set_up.defaults_modal';

/** What a workspace most likely has otherwise; the rest keeps its defaults until somebody changes it. */
const asked = new Set(['working_time', 'words']);

/** The few settings to look at before it starts, each with the form that changes it. */
export function defaultsModal(settings: Settings): ModalView {
  return {
    type: 'modal',
    callback_id: defaultsId,
    title: plain('Defaults'),
    submit: plain('Keep these'),
    close: plain('Not now'),
    blocks: [
      section(
        'These hold for everybody until somebody sets something else. Edit what is not so here, then keep them.',
      ),
      ...groups.filter(({ id }) => asked.has(id)).map((group) => groupBlock(group, settings)),
      whoSees(
        'Everything else has a default, too: /coach settings shows it. Enablement and admins see and change these.',
      ),
    ],
  };
}

/** In the settings, once it runs. */
export const setUpOn = (at: number): string => {
  const date = new Date(at).toISOString().slice(0, 10);
  return `Set up, and started on ${dayInWords(date)} ${date.slice(0, 4)}.`;
};
