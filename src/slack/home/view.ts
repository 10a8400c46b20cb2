import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/web-api';
import { plain } from '../rich-text.ts';
import { firstNameOf, nameOf } from '../text.ts';

export const ids = {
  /** Button or menu: the Home of the rep in its value, as they see it. */
  asRep: 'home.as_rep',
  /** Button: what the manager sees of whoever presses. */
  asManager: 'home.as_manager',
  look: 'home.look',
} as const;

interface Somebody {
  id: string;
  name: string;
}

/** Slack's limit of a menu. */
const mostOptions = 100;

/** What leads from a manager's Home to what one of their reps sees. */
export function lookAtReps(reports: readonly Somebody[]): KnownBlock[] {
  const [only] = reports;
  if (only === undefined) return [];
  const element = reports.length === 1 ? repButton(only) : repMenu(reports);
  return [{ type: 'actions', block_id: 'look_at_reps', elements: [element] }];
}

const repButton = ({ id, name }: Somebody): ActionsBlockElement => ({
  type: 'button',
  action_id: ids.asRep,
  text: plain(`What ${firstNameOf(name)} sees`),
  value: id,
});

/** Of more than a menu holds, anybody can be chosen, and who is no report is refused. */
const repMenu = (reports: readonly Somebody[]): ActionsBlockElement =>
  reports.length > mostOptions
    ? { type: 'users_select', action_id: ids.asRep, placeholder: plain('See what a rep sees') }
    : {
        type: 'static_select',
        action_id: ids.asRep,
        placeholder: plain('See what a rep sees'),
        options: reports.map(({ id, name }) => ({ text: plain(nameOf(name, 75)), value: id })),
      };

export const lookAtManager = (manager: Somebody): KnownBlock[] => [
  {
    type: 'actions',
    block_id: 'look_at_manager',
    elements: [
      {
        type: 'button',
        action_id: ids.asManager,
        text: plain(`What ${firstNameOf(manager.name)} sees of me`),
        value: manager.id,
      },
    ],
  },
];

/** A title holds 24 characters. */
export const lookTitle = (name: string): string => `What ${firstNameOf(name, 13)} sees`;

export function lookModal(name: string, blocks: KnownBlock[], footer: string): ModalView {
  return {
    type: 'modal',
    callback_id: ids.look,
    title: plain(lookTitle(name)),
    close: plain('Not now'),
    blocks: [...blocks, { type: 'context', elements: [plain(footer)] }],
  };
}
