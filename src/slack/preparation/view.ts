import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { PreparationToAnswer } from '#services/prepare-one-on-one.ts';
import { plain } from '../rich-text.ts';
import { firstNameOf } from '../text.ts';

export const ids = {
  /** Button: answer the question of the occurrence in its value. */
  answer: 'preparation.answer',
  modal: 'preparation.modal',
} as const;

export const field = 'moment';

export const Carried = z.object({ occurrenceId: z.string() });

export function preparationModal({ occurrenceId, managerName, answer }: PreparationToAnswer): ModalView {
  const manager = firstNameOf(managerName, 60);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain(`Before you meet ${firstNameOf(managerName, 8)}`),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ occurrenceId }),
    blocks: [
      {
        type: 'input',
        block_id: field,
        label: plain('One moment you would like to replay'),
        hint: plain('What happened, and what would you try instead? Two lines are enough.'),
        element: {
          type: 'plain_text_input',
          action_id: field,
          multiline: true,
          max_length: 2000,
          ...(answer === undefined ? {} : { initial_value: answer }),
        },
      },
      {
        type: 'context',
        elements: [plain(`${manager} reads this before you talk. Nobody else does.`)],
      },
    ],
  };
}
