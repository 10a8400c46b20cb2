import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { roles, segments } from '#domain/people.ts';
import { fileInput, personPicker, select, ticks, whoSees } from '../form.ts';
import { plain } from '../rich-text.ts';
import { fitted, inOneLine } from '../text.ts';

export const ids = {
  fileModal: 'people_import.file',
  groupModal: 'people_import.group',
  previewModal: 'people_import.preview',
  toGroup: 'people_import.to_group',
  toFile: 'people_import.to_file',
  file: 'file',
  again: 'again',
  profiles: 'profiles',
  group: 'group',
  role: 'role',
  manager: 'manager',
  segment: 'segment',
  wave: 'wave',
} as const;

export const title = 'Import people';

/** What was shown, and so what may be applied. */
export const Carried = z.object({ importId: z.string(), digest: z.string() });

/** Slack's own limit is twice that; fifty thousand rows are about four. */
export const mostBytes = 5_000_000;

const nothingYet = whoSees('Nothing is changed before you have seen what would change and pressed Apply.');

function modal(callbackId: string, submit: string, blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain(title),
    submit: plain(submit),
    close: plain('Not now'),
    blocks,
  };
}

const button = (actionId: string, label: string): KnownBlock => ({
  type: 'actions',
  elements: [{ type: 'button', action_id: actionId, text: plain(label), value: actionId }],
});

/** Without the scope the form says what is missing for it. */
const fromProfiles = (isGranted: boolean): KnownBlock =>
  isGranted
    ? ticks({
        id: ids.profiles,
        label: 'Start dates and managers that are missing',
        choices: [
          [
            'fill',
            'Fill in what is missing from Slack profiles',
            'For up to 200 people. You see what is taken before it is applied.',
          ],
        ],
        optional: true,
      })
    : whoSees(
        'Missing start dates and managers could be filled in from Slack profiles. That needs the scope ' +
          'users.profile:read, which this app was not given.',
      );

export const fileModal = ({ profiles }: { profiles: boolean }): ModalView =>
  modal(ids.fileModal, 'Preview', [
    fileInput({
      id: ids.file,
      label: 'People file',
      hint: 'CSV in UTF-8, up to 5 MB and 50,000 people.',
      filetypes: ['csv'],
    }),
    {
      type: 'section',
      text: plain(
        'Its first line: slack_user_id,email,role,manager,segment,wave,start_date,country. ' +
          'An id or an address says who it is; role is rep, manager, enablement or admin, several joined by +. ' +
          'Columns that are left out stay as they are, and so do people who are not in the file.',
      ),
    },
    ticks({
      id: ids.again,
      label: 'People in it who were erased',
      choices: [['again', 'Take them in again', 'They begin anew; without this the file is refused.']],
      optional: true,
    }),
    fromProfiles(profiles),
    button(ids.toGroup, 'Take a user group instead'),
    nothingYet,
  ]);

/** A select of Slack's holds a hundred. */
const mostGroups = 100;

export function groupModal(
  groups: readonly { id: string; name: string; handle: string }[],
  { profiles }: { profiles: boolean },
): ModalView {
  const choices = groups
    .slice(0, mostGroups)
    .map(({ id, name, handle }) => [id, fitted(inOneLine(`${name} (@${handle})`), 75)] as const);
  return modal(ids.groupModal, 'Preview', [
    select({
      id: ids.group,
      label: 'User group',
      choices,
      hint: 'Its members as they are now. Who joins it later is not added by itself.',
    }),
    select({
      id: ids.role,
      label: 'They are',
      choices: roles.map((role) => [role, roleWords[role]] as const),
      initial: 'rep',
      hint: 'Added to the roles somebody has already.',
    }),
    personPicker({ id: ids.manager, label: 'Their manager', optional: true, hint: 'Empty: as it is.' }),
    select({
      id: ids.segment,
      label: 'Segment',
      choices: segments.map((one) => [one, one] as const),
      optional: true,
      hint: 'Empty: as it is.',
    }),
    select({
      id: ids.wave,
      label: 'Wave',
      choices: ['1', '2', '3', '4'].map((one) => [one, one] as const),
      optional: true,
      hint: 'Empty: as it is.',
    }),
    fromProfiles(profiles),
    button(ids.toFile, 'Take a file instead'),
    nothingYet,
  ]);
}

const roleWords = {
  rep: 'Reps',
  manager: 'Managers',
  enablement: 'Enablement leads',
  admin: 'Admins',
} as const;
