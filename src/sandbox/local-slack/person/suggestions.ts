import { interaction } from '../push/envelope.ts';
import { type OptionGroup, readMenu } from '../surface/options.ts';
import type { Workspace } from '../workspace.ts';
import { elementAt, placeFields, placeOf, type Target } from './surfaces.ts';

const DEFAULT_MIN_QUERY = 3;

export type Suggested =
  | { status: 'options'; groups: OptionGroup[] }
  /** Slack asks the app only once this many characters are typed. */
  | { status: 'type more'; characters: number }
  | { status: 'failed'; message: string };

export async function loadOptions(
  ws: Workspace,
  user: string,
  target: Target,
  typed: string,
): Promise<Suggested> {
  const place = placeOf(ws, user, target.surface);
  const { block, element, actionId } = elementAt(place, target);
  const wanted = element['min_query_length'];
  const characters = typeof wanted === 'number' ? wanted : DEFAULT_MIN_QUERY;
  if (typed.length < characters) return { status: 'type more', characters };
  const ack = await ws.link.push({
    kind: 'options',
    method: 'block_suggestion',
    payload: {
      ...interaction(ws, 'block_suggestion', user),
      ...placeFields(ws, place),
      action_id: actionId,
      block_id: block.block_id,
      value: typed,
    },
  });
  const groups = ack.ok ? readMenu(ack.body) : null;
  if (!groups) return { status: 'failed', message: 'Could not load the choices' };
  return { status: 'options', groups };
}
