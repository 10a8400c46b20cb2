import type { BlockAction, SlackViewAction } from '@slack/bolt';
import type { OpenView } from '../feature.ts';

export function openView(view: SlackViewAction['view'] | NonNullable<BlockAction['view']>): OpenView {
  return {
    id: view.id,
    hash: view.hash,
    callbackId: view.callback_id,
    privateMetadata: view.private_metadata,
    values: view.state.values as OpenView['values'],
    inputs: view.blocks
      .filter((block: { type: string }) => block.type === 'input')
      .map((block: { block_id?: string }) => block.block_id ?? ''),
  };
}
