import { askTogether } from './ask-together.ts';
import { mergedByKey } from './merged.ts';

/** By person. */
export const namesOf = mergedByKey<string>(async (trx, workspaceId, personIds) => {
  const query = trx
    .selectFrom('member')
    .select(['user_id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('user_id', 'in', [...personIds]);
  const rows = await askTogether(trx, query, {});
  return new Map(rows.map((row) => [row.user_id, row.name]));
});
