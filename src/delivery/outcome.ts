/** What Slack's answer to one post means. "Not sent" is certain; whatever is not certain is unclear. */
export type PostOutcome =
  | { kind: 'sent'; ts: string; channel: string }
  | { kind: 'not_sent'; answer: string; forGood: boolean; retryAfter?: number }
  | { kind: 'unclear'; answer: string }
  /** The fence was lost before the request was written: nothing has left this process. */
  | { kind: 'released' };

/** Slack says of these that the message may have been posted all the same. */
const mayHavePartlySucceeded = new Set(['fatal_error', 'internal_error']);

/** The receiver, the conversation or the content will not become acceptable by waiting. */
const neverAccepted = new Set([
  'as_user_not_supported',
  'cannot_dm_bot',
  'cannot_reply_to_message',
  'channel_not_found',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'is_archived',
  'markdown_text_conflict',
  'messages_tab_disabled',
  'metadata_must_be_sent_from_app',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'not_in_channel',
  'restricted_action',
  'too_many_attachments',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
  'users_not_found',
]);

export function outcomeOfAnswer(status: number, retryAfter: string | undefined, body: unknown): PostOutcome {
  if (status === 429) {
    return { kind: 'not_sent', answer: 'ratelimited', forGood: false, retryAfter: secondsOf(retryAfter) };
  }
  if (status >= 500) return { kind: 'unclear', answer: `http_${status}` };
  if (!isObject(body) || typeof body['ok'] !== 'boolean') return { kind: 'unclear', answer: `no_answer_${status}` };
  if (body['ok']) {
    const { ts, channel } = body;
    if (typeof ts === 'string' && typeof channel === 'string') return { kind: 'sent', ts, channel };
    return { kind: 'unclear', answer: 'ok_without_ts' };
  }
  const answer = typeof body['error'] === 'string' ? body['error'] : 'unnamed_error';
  if (mayHavePartlySucceeded.has(answer)) return { kind: 'unclear', answer };
  if (answer === 'ratelimited' || answer === 'rate_limited') {
    return { kind: 'not_sent', answer, forGood: false, retryAfter: secondsOf(retryAfter) };
  }
  return { kind: 'not_sent', answer, forGood: neverAccepted.has(answer) };
}

export function isForGood(error: string): boolean {
  return neverAccepted.has(error);
}

function secondsOf(retryAfter: string | undefined): number {
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 30;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
