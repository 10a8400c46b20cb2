import { mutated, mutatedBytes } from './mutate.ts';
import type { Random } from './random.ts';
import type { Seed } from './seeds.ts';
import type { Wire } from './send.ts';

interface Given {
  seeds: readonly Seed[];
  /** In whose name. */
  actors: readonly string[];
  /** Records and people of others. */
  ids: readonly string[];
  responseUrl: string;
}

/** One payload in somebody's name: changed inside, in its bytes, in both, or seldom not at all. */
export function forged({ seeds, actors, ids, responseUrl }: Given, random: Random): Wire & { name: string } {
  const seed = random.pick(seeds);
  const payload = random.chance(0.1) ? structuredClone(seed.payload) : mutated(seed.payload, ids, random);
  const sent = inNameOf(payload as Record<string, unknown>, random.pick(actors), responseUrl);
  const wire = encoded(seed.kind, sent, random);
  const type = random.chance(0.01)
    ? random.pick(['text/plain', '', 'multipart/form-data; boundary=x'])
    : wire.type;
  return {
    name: `${seed.kind} ${seed.name}`,
    type,
    body: random.chance(0.08) ? mutatedBytes(wire.body, random) : wire.body,
  };
}

/** Slack vouches for who sends it, and for where an answer goes: nobody can forge these. */
function inNameOf(payload: Record<string, unknown>, actor: string, responseUrl: string): object {
  const { user, event } = payload;
  if ('user_id' in payload) payload['user_id'] = actor;
  if (isObject(user)) user['id'] = actor;
  if (isObject(event) && 'user' in event) event['user'] = actor;
  if ('response_url' in payload) payload['response_url'] = responseUrl;
  if ('event_id' in payload && typeof payload['event_id'] === 'string') {
    payload['event_id'] = `Ev${crypto.randomUUID()}`;
  }
  return payload;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function encoded(kind: Seed['kind'], payload: object, random: Random): Wire {
  if (kind === 'event') return { type: 'application/json', body: Buffer.from(JSON.stringify(payload)) };
  const fields: [string, string][] =
    kind === 'command'
      ? Object.entries(payload).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : JSON.stringify(value),
        ])
      : [['payload', JSON.stringify(payload)]];
  if (random.chance(0.01)) fields.push(random.pick(fields.length > 0 ? fields : [['payload', '{}']]));
  const type = 'application/x-www-form-urlencoded';
  return { type, body: Buffer.from(new URLSearchParams(fields).toString()) };
}
