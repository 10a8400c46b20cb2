import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { CommitmentToAnswer } from '#services/answer-commitment.ts';
import { radio, textInput, whoSees } from '../form.ts';
import { evidenceChoices, outcomeChoices } from '../one-on-one/fields.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, fitted, inOneLine } from '../text.ts';

export const ids = {
  /** Button: what became of the commitment in its value. */
  answer: 'commitment.answer',
  modal: 'commitment.modal',
} as const;

export const fields = { outcome: 'outcome', evidence: 'evidence', account: 'account' } as const;

export const Carried = z.object({ commitmentId: z.string(), repId: z.string() });

export function commitmentModal({ commitmentId, repId, repName, text }: CommitmentToAnswer): ModalView {
  const first = firstNameOf(repName);
  return {
    type: 'modal',
    callback_id: ids.modal,
    title: plain('What happened?'),
    submit: plain('Save'),
    close: plain('Not now'),
    private_metadata: JSON.stringify({ commitmentId, repId }),
    blocks: [
      richText({ bold: `${first} was going to try: ` }, fitted(inOneLine(text), 1000)),
      radio({ id: fields.outcome, label: 'What happened?', choices: outcomeChoices }),
      radio({
        id: fields.evidence,
        label: 'How do you know?',
        hint: 'Needed unless there was no chance yet.',
        optional: true,
        choices: evidenceChoices(first),
      }),
      textInput({
        id: fields.account,
        label: 'On which account?',
        hint: 'Two accounts or more show that it is becoming a habit.',
        optional: true,
        most: 120,
      }),
      whoSees(`${first} sees this too. Your own manager sees a summary, enablement only counts.`),
    ],
  };
}
