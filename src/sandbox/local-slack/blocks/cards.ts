import { z } from 'zod';
import { actions, context, divider, file, header, imageBlock, input, section } from './basic-blocks.ts';
import { button } from './buttons.ts';
import { identified, image } from './composition.ts';
import { richText } from './rich-text.ts';
import { table } from './tables-and-charts.ts';
import { anyText, chars, httpsUrl, link, plainText, webUrl, words } from './text.ts';

export const alert = z.strictObject({
  type: z.literal('alert'),
  ...identified,
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

// The whole list of https://docs.slack.dev/reference/block-kit/composition-objects/slack-icon-object
const ICONS = `archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment
  compass copy cube download edit email eye-closed eye-open file flag folder gear globe heart help image info key
  lightbulb link map mobile new-window pin plus refine refresh rocket save screen share sparkle star star-filled
  tag thumbs-down thumbs-up trash upload user warning`.split(/\s+/);

export const card = z
  .strictObject({
    type: z.literal('card'),
    ...identified,
    hero_image: image.optional(),
    icon: image.optional(),
    slack_icon: z.strictObject({ type: z.literal('icon'), name: z.enum(ICONS) }).optional(),
    title: anyText(150).optional(),
    subtitle: anyText(150).optional(),
    body: anyText(200).optional(),
    subtext: anyText(200).optional(),
    actions: z
      .array(z.discriminatedUnion('type', [button]))
      .min(1)
      .max(3)
      .optional(),
  })
  .refine(
    ({ hero_image, title, body, actions }) => (hero_image ?? title ?? body ?? actions) !== undefined,
    'needs at least one of hero_image, title, actions, body',
  )
  .refine(({ icon, slack_icon }) => icon === undefined || slack_icon === undefined, {
    path: ['slack_icon'],
    message: 'must not stand beside icon',
  });

export const carousel = z.strictObject({
  type: z.literal('carousel'),
  ...identified,
  elements: z
    .array(z.discriminatedUnion('type', [card]))
    .min(1)
    .max(10),
});

export const video = z.strictObject({
  type: z.literal('video'),
  ...identified,
  alt_text: chars(200),
  title: plainText(200),
  title_url: httpsUrl.optional(),
  video_url: httpsUrl,
  thumbnail_url: webUrl,
  author_name: chars(50).optional(),
  description: plainText(200).optional(),
  provider_name: chars(50).optional(),
  provider_icon_url: webUrl.optional(),
});

export const container = z
  .strictObject({
    type: z.literal('container'),
    ...identified,
    title: plainText(150).optional(),
    rich_text_title: richText.optional(),
    subtitle: anyText(150).optional(),
    icon: image.optional(),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
    child_blocks: z
      .array(
        z.discriminatedUnion('type', [
          actions,
          context,
          divider,
          file,
          header,
          imageBlock,
          input,
          richText,
          section,
          table,
          video,
        ]),
      )
      .min(1)
      .max(10),
  })
  .refine(
    ({ title, rich_text_title }) => (title ?? rich_text_title) !== undefined,
    'needs title or rich_text_title',
  )
  .refine(({ is_collapsible, default_collapsed }) => !default_collapsed || is_collapsible === true, {
    path: ['default_collapsed'],
    message: 'needs is_collapsible',
  });

const task = {
  ...identified,
  task_id: words,
  title: words,
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: link, text: words })).optional(),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']).optional(),
};

export const taskCard = z.strictObject({ type: z.literal('task_card'), ...task });

export const plan = z.strictObject({
  type: z.literal('plan'),
  ...identified,
  title: words,
  // Slack's own example leaves out the type of a task in a plan.
  tasks: z.array(z.strictObject({ type: z.literal('task_card').optional(), ...task })).optional(),
});
