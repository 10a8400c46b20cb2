import { z } from 'zod';

// A text cut by `length` can end in half an emoji, which no encoding has: Slack refuses it or shows a �.
const HALF = 'holds half a character, cut out of an emoji';

/** Text that may be empty. */
export const whole = z.string().refine((text) => text.isWellFormed(), HALF);

/** Text without a limit of its own. */
export const words = whole.min(1);

// Slack does not say what it counts as a character. UTF-16 units, which `length` counts, are never
// fewer than code points or graphemes, so what fits here fits however Slack counts.
export const chars = (max: number) => words.max(max);

/** action, block and callback ids. */
export const id = chars(255);

const LONGEST_TEXT = 3000;

// The size is held at the text object, not at its `text`, so that the path names what the author wrote.
function sized(max: number) {
  return ({ text }: { text: string }, context: z.RefinementCtx) => {
    const common = { origin: 'string', inclusive: true, input: text } as const;
    if (text.length < 1) context.addIssue({ code: 'too_small', minimum: 1, ...common });
    if (text.length > max) context.addIssue({ code: 'too_big', maximum: max, ...common });
    if (!text.isWellFormed()) context.addIssue({ code: 'custom', message: HALF });
  };
}

export const plainText = (max = LONGEST_TEXT) =>
  z
    .strictObject({ type: z.literal('plain_text'), text: z.string(), emoji: z.boolean().optional() })
    .superRefine(sized(max));

export const mrkdwn = (max = LONGEST_TEXT) =>
  z
    .strictObject({ type: z.literal('mrkdwn'), text: z.string(), verbatim: z.boolean().optional() })
    .superRefine(sized(max));

export const anyText = (max = LONGEST_TEXT) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

const LONGEST_URL = 3000;

function absoluteUrl(allowed: (protocol: string) => boolean, wanted: string) {
  return chars(LONGEST_URL).refine(
    (value) => URL.canParse(value) && allowed(new URL(value).protocol),
    `must be ${wanted}`,
  );
}

/** A link that a person follows; `mailto:` and `slack://` are links too. */
export const link = absoluteUrl(() => true, 'an absolute URL');

/** Something that Slack's servers or clients fetch. */
export const webUrl = absoluteUrl((protocol) => /^https?:$/.test(protocol), 'an http or https URL');

export const httpsUrl = absoluteUrl((protocol) => protocol === 'https:', 'an https URL');
