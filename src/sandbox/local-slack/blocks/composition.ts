import { z } from 'zod';
import { anyText, chars, id, plainText, webUrl } from './text.ts';

// Slack's reference asks for plain_text in `text` and shows mrkdwn in its own example; its type
// package allows both, so both pass. It makes all four texts required, which the type package does not.
const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

export const identified = { block_id: id.optional() };
export const actionable = { action_id: id.optional() };
export const confirmable = { confirm: confirm.optional() };
export const focusable = { focus_on_load: z.boolean().optional() };
export const placeable = { placeholder: plainText(150).optional() };

export const dispatchable = {
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z
        .array(z.enum(['on_enter_pressed', 'on_character_entered']))
        .min(1)
        .max(2)
        .optional(),
    })
    .optional(),
};

export const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine(
    (filter) => Object.values(filter).some((value) => value !== undefined),
    'needs at least one property',
  );

const slackFile = z
  .strictObject({ id: id.optional(), url: webUrl.optional() })
  .refine(({ id, url }) => (id === undefined) !== (url === undefined), 'needs either id or url');

/** What an image block and an image element share; `oneSource` completes both. */
export const pictured = {
  alt_text: chars(2000),
  image_url: webUrl.optional(),
  slack_file: slackFile.optional(),
};

export function oneSource(
  image: { image_url?: unknown; slack_file?: unknown },
  context: z.RefinementCtx,
): void {
  if ((image.image_url === undefined) === (image.slack_file === undefined)) {
    context.addIssue({ code: 'custom', message: 'needs either image_url or slack_file' });
  }
}

export const image = z.strictObject({ type: z.literal('image'), ...pictured }).superRefine(oneSource);
