import type { Random } from './random.ts';

/** Payloads as Slack sends them, with something in them that Slack would not send. */

type Container = Record<string, unknown> | unknown[];

interface Place {
  holder: Container;
  key: string | number;
  value: unknown;
}

const nasty: readonly unknown[] = [
  '',
  ' ',
  '\u0000',
  '\u0007\u001b[31m',
  '\u202Eabc\u2066',
  '\uD800',
  '🧑🏽‍🚀'.repeat(40),
  'x'.repeat(3_001),
  '<!channel> <@U0VICTIM> <https://evil.example|click>',
  "'; drop table member; --",
  '=1+1',
  '../../etc/passwd',
  '{"a":',
  '[]',
  'null',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '-1',
  '1e400',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '25:61',
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  Number.MAX_VALUE,
  [],
  {},
  [[]],
  [null],
  { id: null },
  { value: '' },
];

/** What everything of Slack's begins with; where it is wrong nobody looks inside. */
const outer = new Set(['type', 'user', 'team', 'trigger_id', 'hash', 'command', 'team_id', 'event_id']);

/** Changes some places of a payload; `ids` are those of others, which are put where an id stands. */
export function mutated(payload: unknown, ids: readonly string[], random: Random): unknown {
  const copy = structuredClone(payload);
  const times = 1 + random.below(3);
  for (let time = 0; time < times; time += 1) {
    const places = placesIn(copy).filter(({ key }) => !outer.has(String(key)) || random.chance(0.1));
    if (places.length === 0) return copy;
    const leaves = places.filter(({ value }) => typeof value === 'string');
    change(leaves.length > 0 && random.chance(0.6) ? random.pick(leaves) : random.pick(places), ids, random);
  }
  return copy;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Container;
  const entries: [string | number, unknown][] = Array.isArray(holder)
    ? [...holder.entries()]
    : Object.entries(holder);
  return entries.flatMap(([key, one]) => [{ holder, key, value: one }, ...placesIn(one)]);
}

function change(place: Place, ids: readonly string[], random: Random): void {
  const put = (value: unknown): void => {
    (place.holder as Record<string | number, unknown>)[place.key] = value;
  };
  const { value } = place;
  // What the app had Slack carry for it: it is what a forger would change.
  if (typeof value === 'string' && random.chance(0.4)) {
    put(withOtherIds(value, ids, random));
    return;
  }
  const ways: (() => void)[] = [
    () => put(random.pick(nasty)),
    () => put(random.pick(nasty)),
    () => remove(place),
    () => twice(place),
    () => put(typeof value === 'string' ? [value] : String(value)),
    () => put(nested(value, 1 + random.below(200))),
    () => put({ ...JSON.parse('{"__proto__":{"isAdmin":true}}'), constructor: value }),
    () => put(typeof value === 'string' ? cut(value, random) : random.pick(ids)),
    () => put(typeof value === 'object' ? null : 'y'.repeat(random.below(20_000))),
  ];
  random.pick(ways)();
}

function withOtherIds(text: string, ids: readonly string[], random: Random): string {
  const inside = parsed(text);
  if (inside !== undefined && random.chance(0.5)) return JSON.stringify(mutated(inside, ids, random));
  const uuid = /[0-9a-f]{8}-[0-9a-f-]{27}/;
  const person = /U[A-Z0-9]{4,}/;
  if (uuid.test(text)) return text.replace(uuid, () => random.pick(ids));
  if (person.test(text)) return text.replace(person, () => random.pick(ids));
  return random.pick(ids);
}

function parsed(text: string): object | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    // Text that only begins like JSON is text.
    return undefined;
  }
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[String(key)];
}

function twice({ holder, key, value }: Place): void {
  if (Array.isArray(holder)) holder.push(structuredClone(value));
  else holder[`${key}_2`] = structuredClone(value);
}

function nested(value: unknown, depth: number): unknown {
  return depth === 0 ? value : { deeper: nested(value, depth - 1) };
}

function cut(text: string, random: Random): string {
  return text.slice(0, random.below(text.length + 1));
}

/** The same for bytes: flipped, cut off, doubled, or taken out. */
export function mutatedBytes(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const ways: (() => Buffer)[] = [
    () => {
      const copy = Buffer.from(bytes);
      for (let times = 1 + random.below(8); times > 0; times -= 1)
        copy[random.below(copy.length)] = random.below(256);
      return copy;
    },
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(random.below(at + 1))]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.below(50))]),
    () => Buffer.concat([bytes, Buffer.from('&'), bytes]),
  ];
  return random.pick(ways)();
}
