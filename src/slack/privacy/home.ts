import { openErasureRequests } from '#storage/erasure-requests.ts';
import { header } from '../blocks.ts';
import { type HomePart, mayForAll } from '../home/part.ts';
import { requestBlocks } from './view.ts';

/** Who asked to be erased, on the Home of whoever may confirm it. */
export const privacyHome: HomePart = async (request) => {
  const { trx, workspaceId, person, viewerId } = request;
  if (viewerId !== undefined || !mayForAll(request, 'erase_people')) return {};
  const requests = await openErasureRequests(trx, workspaceId);
  if (requests.length === 0) return {};
  return { workspace: [header('Erasure'), ...requestBlocks(requests.slice(0, 5), person.timeZone)] };
};
