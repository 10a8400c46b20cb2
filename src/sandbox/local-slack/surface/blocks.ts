import { randomBytes } from 'node:crypto';
import { z } from 'zod';

const element = z.looseObject({ type: z.string(), action_id: z.string().optional() });

const block = z.looseObject({
  type: z.string(),
  block_id: z.string().optional(),
  element: element.optional(),
  elements: z.array(element).optional(),
  accessory: element.optional(),
  label: z.unknown().optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

export type Element = z.infer<typeof element>;
export type Block = z.infer<typeof block> & { block_id: string };

const blocks = z.array(block);

/** Buttons and the like: pressed, they hold no value. */
const PRESSED = ['button', 'overflow', 'workflow_button', 'icon_button', 'feedback_buttons'];

/** Elements that hold what a person put in. */
const HOLDING = [
  'plain_text_input',
  'number_input',
  'email_text_input',
  'url_text_input',
  'rich_text_input',
  'file_input',
  'datepicker',
  'timepicker',
  'datetimepicker',
  'radio_buttons',
  'checkboxes',
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_conversations_select',
  'multi_channels_select',
];

export function holdsValue(type: string): boolean {
  return HOLDING.includes(type);
}

export function isInteractive(type: string): boolean {
  return PRESSED.includes(type) || holdsValue(type);
}

function invented(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}

function withActionId(one: Element): Element {
  return isInteractive(one.type) && one.action_id === undefined ? { ...one, action_id: invented() } : one;
}

/** Slack spells out these defaults of text objects in everything it sends back. */
function withTextDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTextDefaults);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withTextDefaults(inner)]),
  );
  if (typeof copy['text'] !== 'string') return copy;
  if (copy['type'] === 'plain_text') return { emoji: true, ...copy };
  if (copy['type'] === 'mrkdwn') return { verbatim: false, ...copy };
  return copy;
}

/** Blocks as Slack keeps them: every block and interactive element has an id. */
export function keepBlocks(raw: unknown): Block[] {
  return blocks.parse(withTextDefaults(raw ?? [])).map((one) => ({
    ...one,
    block_id: one.block_id ?? invented(),
    ...(one.element ? { element: withActionId(one.element) } : {}),
    ...(one.accessory ? { accessory: withActionId(one.accessory) } : {}),
    ...(one.elements ? { elements: one.elements.map(withActionId) } : {}),
  }));
}

export interface PlacedElement {
  block: Block;
  element: Element;
  actionId: string;
}

export function interactiveElements(all: Block[]): PlacedElement[] {
  return all.flatMap((one) =>
    [one.element, one.accessory, ...(one.elements ?? [])].flatMap((found) =>
      found?.action_id !== undefined && isInteractive(found.type)
        ? [{ block: one, element: found, actionId: found.action_id }]
        : [],
    ),
  );
}

export function findElement(all: Block[], blockId: string, actionId: string): PlacedElement | undefined {
  return interactiveElements(all).find((one) => one.block.block_id === blockId && one.actionId === actionId);
}

/** The words of a text object. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'text' in value) return wordsOf(value.text);
  return '';
}
