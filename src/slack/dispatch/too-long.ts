import type { SlackViewAction } from '@slack/bolt';

type View = SlackViewAction['view'];

/**
 * Slack's clients let nobody write more than a field takes; what comes all the same is from none of them. By whole
 * characters, which is never more than Slack counts.
 */
export function tooLong(view: Pick<View, 'blocks' | 'state'>): Record<string, string> | undefined {
  const errors: Record<string, string> = {};
  for (const { type, block_id: id = '', element } of view.blocks as Input[]) {
    const { action_id: actionId = '', max_length: most = slackMost } = element ?? {};
    if (type !== 'input' || element?.type !== 'plain_text_input') continue;
    const text = view.state.values[id]?.[actionId]?.value;
    if (typeof text !== 'string' || text.length <= most) continue;
    const length = [...new Intl.Segmenter().segment(text)].length;
    if (length > most) errors[id] = `This takes ${most} characters and has ${length}. Nothing was saved yet.`;
  }
  return Object.keys(errors).length === 0 ? undefined : errors;
}

interface Input {
  type: string;
  block_id?: string;
  element?: { type: string; action_id?: string; max_length?: number };
}

const slackMost = 3_000;
