import type { ComposeMessage, MessageComposers } from '#services/message-content.ts';

/** The plainest message there is: whom the open 1:1s of this delivery are with. */
export const composeOpen: ComposeMessage = async (trx, workspaceId, deliveryId) => {
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
    .select(['m.name', 'o.state'])
    .where('link.workspace_id', '=', workspaceId)
    .where('link.delivery_id', '=', deliveryId)
    .orderBy('m.name')
    .execute();
  const open = rows.filter(({ state }) => state === 'planned' || state === 'due').map(({ name }) => name);
  const text = open.length > 0 ? `Open: ${open.join(', ')}` : 'Nothing is open.';
  return {
    content: {
      text,
      blocks: [
        { type: 'section', text: { type: 'plain_text', text } },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'log', text: { type: 'plain_text', text: 'Log' } }],
        },
      ],
    },
    nothingLeft: open.length === 0,
  };
};

/** Cards are planned as well; here they have nothing to say, so that only the prompt asks. */
const composeNothing: ComposeMessage = async (trx, workspaceId, deliveryId) => ({
  ...(await composeOpen(trx, workspaceId, deliveryId)),
  nothingLeft: true,
});

export const composers: MessageComposers = {
  prompt: composeOpen,
  card: composeNothing,
  digest: composeOpen,
};
