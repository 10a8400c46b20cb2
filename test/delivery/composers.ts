import type { KnownBlock } from '@slack/web-api';
import type { ComposeMessage, MessageComposers } from '#services/message-content.ts';
import type { Trx } from '#storage/database.ts';

/** The plainest message there is: whom the open 1:1s of this delivery are with. */
export const composeOpen: ComposeMessage = (trx, workspaceId, deliveryId) =>
  composeRows(trx, workspaceId, deliveryId, false);

async function composeRows(trx: Trx, workspaceId: string, deliveryId: string, unasked: boolean) {
  const rows = await trx
    .selectFrom('delivery_occurrence as link')
    .innerJoin('occurrence as o', (join) =>
      join
        .onRef('o.workspace_id', '=', 'link.workspace_id')
        .onRef('o.occurrence_id', '=', 'link.occurrence_id'),
    )
    .innerJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 'o.workspace_id').onRef('m.user_id', '=', 'o.about_id'),
    )
    .innerJoin('delivery as d', (join) =>
      join.onRef('d.workspace_id', '=', 'link.workspace_id').onRef('d.delivery_id', '=', 'link.delivery_id'),
    )
    .select(['m.name', 'o.state'])
    .where('link.workspace_id', '=', workspaceId)
    .where('link.delivery_id', '=', deliveryId)
    .$if(unasked, (query) =>
      query
        .whereRef('o.due_at', '<=', 'd.due_at')
        .where((where) =>
          where.or([where('o.asked_at', 'is', null), where('o.asked_at', '>=', where.ref('d.due_at'))]),
        ),
    )
    .orderBy('m.name')
    .execute();
  const open = rows.filter(({ state }) => state === 'planned' || state === 'due').map(({ name }) => name);
  const text = open.length > 0 ? `Open: ${open.join(', ')}` : 'Nothing is open.';
  const blocks: KnownBlock[] = [
    { type: 'section', text: { type: 'plain_text', text } },
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'log', text: { type: 'plain_text', text: 'Log' } }],
    },
  ];
  return { content: { text, blocks }, nothingLeft: open.length === 0 };
}

/** A card takes over what no prompt could ask in its time, and says nothing of the rest. */
const composeUnasked: ComposeMessage = (trx, workspaceId, deliveryId) =>
  composeRows(trx, workspaceId, deliveryId, true);

const composeNothing: ComposeMessage = async (trx, workspaceId, deliveryId) => ({
  ...(await composeOpen(trx, workspaceId, deliveryId)),
  nothingLeft: true,
});

/** A card that speaks to reps alone, of their next 1:1. */
export const composeToReps: ComposeMessage = async (trx, workspaceId, deliveryId) => {
  const message = await composeOpen(trx, workspaceId, deliveryId);
  const { roles } = await trx
    .selectFrom('delivery')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'delivery.workspace_id')
        .onRef('member.user_id', '=', 'delivery.receiver_id'),
    )
    .select('member.roles')
    .where('delivery.delivery_id', '=', deliveryId)
    .executeTakeFirstOrThrow();
  return { ...message, nothingLeft: message.nothingLeft || !roles.includes('rep') };
};

/** Cards are planned as well; mostly they have nothing to say here, so that only the prompt asks. */
export const composers: MessageComposers = {
  prompt: composeOpen,
  card: composeNothing,
  digest: composeOpen,
};

/** What an outage or a pause has kept from being asked comes on a card. */
export const withCards: MessageComposers = { ...composers, card: composeUnasked };
