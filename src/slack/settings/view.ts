import type { KnownBlock, ModalView } from '@slack/web-api';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { ids as auditIds, title as auditTitle } from '../audit/view.ts';
import { note } from '../blocks.ts';
import { whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { type Carried, written } from './carried.ts';
import { type Field, idOf, settingOf } from './field.ts';
import { type Group, groups } from './groups.ts';
import { inputOf } from './input.ts';
import { inWords } from './words.ts';

export const ids = {
  list: 'settings.list',
  /** Button: the form of the group in its value. */
  edit: 'settings.edit',
  form: 'settings.form',
  defaults: 'settings.defaults',
  history: 'settings.history',
  /** Button: what was changed before the change in its value. */
  earlier: 'settings.earlier',
} as const;

const seenBy = 'Enablement and admins see this and can change it. Every change is kept, with name and date.';
const whenItHolds =
  'A change holds from the next planning on: what is planned already, up to a week ahead, stays as it is.';

/** What holds here, group by group. */
export function settingsList(settings: Settings, since?: string): ModalView {
  return {
    type: 'modal',
    callback_id: ids.list,
    title: plain('Settings'),
    close: plain('Not now'),
    blocks: [
      ...groups.map((group) => groupBlock(group, settings)),
      {
        type: 'actions',
        block_id: 'history',
        elements: [
          { type: 'button', action_id: ids.history, text: plain('History'), value: 'newest' },
          { type: 'button', action_id: auditIds.open, text: plain(auditTitle), value: 'newest' },
        ],
      },
      ...(since === undefined ? [] : [note(since)]),
      whoSees(`${seenBy} ${whenItHolds}`),
    ],
  };
}

export function groupBlock(group: Group, settings: Settings): KnownBlock {
  const lines = group.fields.map(
    (field) =>
      `${field.label}: *${inWords(field, settingOf(field, settings))}*${
        isDefault(field, settings) ? '' : ` (default: ${inWords(field, settingOf(field, defaultSettings))})`
      }`,
  );
  return {
    type: 'section',
    block_id: group.id,
    text: { type: 'mrkdwn', text: [`*${group.title}*`, ...lines].join('\n') },
    accessory: {
      type: 'button',
      action_id: ids.edit,
      text: plain(`Edit ${group.title.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())}`),
      value: group.id,
    },
  };
}

const isDefault = (field: Field, settings: Settings): boolean =>
  inWords(field, settingOf(field, settings)) === inWords(field, settingOf(field, defaultSettings));

export const blockOf = (field: Field, round: number): string =>
  round === 0 ? idOf(field) : `${idOf(field)}~${round}`;

/** One group to change, filled in with what holds, or with the defaults after that was pressed. */
export function settingsForm(carried: Carried, shown: Settings): ModalView {
  const { group, round } = carried;
  return {
    type: 'modal',
    callback_id: ids.form,
    title: plain(group.title),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: written(carried),
    blocks: [
      ...(group.about === undefined ? [] : [{ ...note(group.about), block_id: 'about' }]),
      ...group.fields.map((field) => inputOf(field, blockOf(field, round), settingOf(field, shown))),
      {
        type: 'actions',
        block_id: 'defaults',
        elements: [
          { type: 'button', action_id: ids.defaults, text: plain('Back to the defaults'), value: group.id },
        ],
      },
      note(
        round === 0
          ? '“Back to the defaults” fills them in; nothing changes before you save.'
          : 'The defaults are filled in. Save makes them hold; with “Not now” everything stays as it was.',
      ),
      whoSees(`${seenBy} ${whenItHolds}`),
    ],
  };
}
