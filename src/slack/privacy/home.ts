import { waitingForCopies } from '#storage/copy-requests.ts';
import { openErasureRequests } from '#storage/erasure-requests.ts';
import { header } from '../blocks.ts';
import { type HomePart, mayForAll } from '../home/part.ts';
import { copyBlocks, requestBlocks } from './view.ts';

/** The oldest; the others follow once these are answered. */
const mostShown = 5;

/** Who asked to be erased, or for a copy, on the Home of whoever answers it. */
export const privacyHome: HomePart = async (request) => {
  const { trx, workspaceId, person, viewerId } = request;
  if (viewerId !== undefined || !mayForAll(request, 'erase_people')) return {};
  const requests = await openErasureRequests(trx, workspaceId);
  const waiting = await waitingForCopies(trx, workspaceId, mostShown);
  if (requests.length + waiting.length === 0) return {};
  const { timeZone } = person;
  const shown = [...requestBlocks(requests.slice(0, mostShown), timeZone), ...copyBlocks(waiting, timeZone)];
  return { workspace: [header('Privacy'), ...shown] };
};
