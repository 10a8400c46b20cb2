import { type Call, isRecord, withArguments } from '../proxy/call.ts';
import { type Answer, contentOf, isAccepted, jsonAnswer } from '../proxy/upstream.ts';

type Ask = (call: Call) => Promise<Answer>;
type Message = Record<string, unknown> & { readonly ts: string };

const mostItems = 999;

/** `conversations.history` and `.replies` as Slack answers them: within a time range, by pages, payloads on demand. */
export async function mendHistory(call: Call, ask: Ask): Promise<Answer> {
  const whole = await readWhole(call, ask);
  if (!Array.isArray(whole)) return whole;
  const usual = call.method === 'conversations.history' ? 100 : mostItems;
  const limit = Math.min(Number(call.body['limit']) || usual, mostItems);
  const inRange = whole.filter(within(call));
  const cursor = call.body['cursor'];
  const first = cursor ? inRange.findIndex(({ ts }) => ts === cursor) : 0;
  if (first < 0) return jsonAnswer(200, { ok: false, error: 'invalid_cursor' });
  const next = inRange[first + limit];
  const payloads = isTrue(call.body['include_all_metadata']);
  return jsonAnswer(200, {
    ok: true,
    messages: inRange
      .slice(first, first + limit)
      .map((message) => (payloads ? message : withoutPayload(message))),
    has_more: next !== undefined,
    ...(next && { response_metadata: { next_cursor: next.ts } }),
  });
}

// The emulator pages before anything could be filtered, so a filter needs every message it has.
async function readWhole(call: Call, ask: Ask): Promise<Message[] | Answer> {
  const whole: Message[] = [];
  let cursor: string | undefined;
  do {
    const answer = await ask(withArguments(call, { limit: 1000, cursor }));
    const content = contentOf(answer);
    if (!isAccepted(answer.status, content) || !isRecord(content)) return answer;
    const { messages, response_metadata: page } = content;
    if (Array.isArray(messages)) whole.push(...messages.filter(isMessage));
    cursor = isRecord(page) && typeof page['next_cursor'] === 'string' ? page['next_cursor'] : undefined;
  } while (cursor);
  return whole;
}

function within({ body, method }: Call): (message: Message) => boolean {
  const oldest = microseconds(body['oldest']);
  const latest = microseconds(body['latest']);
  const inclusive = isTrue(body['inclusive']);
  return ({ ts }) => {
    // A thread always comes with its parent.
    if (method === 'conversations.replies' && ts === body['ts']) return true;
    const at = microseconds(ts) ?? 0n;
    if (inclusive && (at === oldest || at === latest)) return true;
    return (oldest === undefined || at > oldest) && (latest === undefined || at < latest);
  };
}

// As a floating point number, a ts has no room for its last digit.
function microseconds(ts: unknown): bigint | undefined {
  const parts = /^(\d+)(?:\.(\d{0,6})\d*)?$/.exec(String(ts ?? ''));
  return parts ? BigInt(`${parts[1]}${(parts[2] ?? '').padEnd(6, '0')}`) : undefined;
}

function withoutPayload(message: Message): Message {
  const { metadata } = message;
  if (!isRecord(metadata)) return message;
  return { ...message, metadata: { event_type: metadata['event_type'] } };
}

function isMessage(value: unknown): value is Message {
  return isRecord(value) && typeof value['ts'] === 'string';
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}
