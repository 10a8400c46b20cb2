import { z } from 'zod';
import { identified } from './composition.ts';
import { id, link, webUrl, whole, words } from './text.ts';

const flag = z.boolean().optional();

// Slack's pages differ on which leaf takes which flag, and Slack ignores the ones that make no sense.
const styled = {
  style: z
    .strictObject({
      bold: flag,
      italic: flag,
      strike: flag,
      underline: flag,
      code: flag,
      highlight: flag,
      client_highlight: flag,
      unlink: flag,
    })
    .optional(),
};

const text = z.strictObject({ type: z.literal('text'), text: words, ...styled });

const hyperlink = z.strictObject({
  type: z.literal('link'),
  url: link,
  text: words.optional(),
  unsafe: flag,
  ...styled,
});

const DATE_TOKENS =
  /^\{(?:day_divider_pretty|date_num|date_slash|date(?:_long|_short)?(?:_pretty)?|date_long_full|time|time_secs|ago)\}$/;

const dateFormat = z.string().refine((format) => {
  const tokens = format.match(/\{[^}]*\}?/g) ?? [];
  return tokens.length > 0 && tokens.every((token) => DATE_TOKENS.test(token));
}, 'must hold date tokens that Slack knows, such as {date_short_pretty}');

// Leaves that Slack's newer pages add (canvas, citation, tag, workflow_mention …) are unknown on
// purpose: nothing here writes them, and a type that nobody writes is more likely a mistake.
const leaves = [
  text,
  hyperlink,
  z.strictObject({ type: z.literal('user'), user_id: id, ...styled }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: id, ...styled }),
  z.strictObject({ type: z.literal('team'), team_id: id, ...styled }),
  z.strictObject({ type: z.literal('channel'), channel_id: id, ...styled }),
  z.strictObject({
    type: z.literal('emoji'),
    // A name written with colons is taken and shows nothing.
    name: words.regex(/^[^:]+(::skin-tone-[2-6])?$/, { error: 'must be a name without colons' }),
    unicode: z.string().optional(),
    url: webUrl.optional(),
    ...styled,
  }),
  z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    ...styled,
  }),
  z.strictObject({
    type: z.literal('color'),
    value: z.string().regex(/^#[0-9a-f]{6}$/i, { error: 'must be a hex colour such as #F405B3' }),
    ...styled,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: dateFormat,
    timezone: z.string().optional(),
    url: link.optional(),
    fallback: whole.optional(),
    ...styled,
  }),
] as const;

const leaf = z.discriminatedUnion('type', leaves);
const bordered = { border: z.literal([0, 1]).optional() };

// Slack takes empty `elements` everywhere but in a list.
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(leaf) });

export const richText = z.strictObject({
  type: z.literal('rich_text'),
  ...identified,
  elements: z.array(
    z.discriminatedUnion('type', [
      section,
      z.strictObject({
        type: z.literal('rich_text_list'),
        style: z.enum(['bullet', 'ordered']),
        elements: z.array(z.discriminatedUnion('type', [section])).min(1),
        indent: z.int().min(0).max(8).optional(),
        offset: z.int().min(0).optional(),
        ...bordered,
      }),
      z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(leaf), ...bordered }),
      z.strictObject({
        type: z.literal('rich_text_preformatted'),
        elements: z.array(z.discriminatedUnion('type', [text, hyperlink])),
        language: words.optional(),
        ...bordered,
      }),
    ]),
  ),
});
