/** What came of one post. "Not sent" is certain; whatever is not certain is unclear. */
export type PostOutcome =
  | { kind: 'sent'; ts: string; channel: string }
  /** Slack said no: nothing was posted, now or for good. */
  | { kind: 'refused'; answer: string; forGood: boolean; retryAfter?: number }
  /** No connection came to stand, so nothing was written. */
  | { kind: 'unreached'; answer: string }
  | { kind: 'unclear'; answer: string }
  /** The fence fell before the request was written: nothing has left this process. */
  | { kind: 'released' };

/** Slack says of these that the message may have been posted all the same. */
const mayHavePartlySucceeded = new Set(['fatal_error', 'internal_error']);

/**
 * The receiver, the conversation or the content will not become acceptable by waiting. What an administrator
 * can mend (a token, a scope, a preference of the workspace) is not among them: it is tried again until the
 * occasion is over.
 */
const neverAccepted = new Set([
  'as_user_not_supported',
  'block_mismatch',
  'cannot_dm_bot',
  'cannot_reply_to_message',
  'channel_not_found',
  'invalid_arguments',
  'invalid_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'invalid_user_combination',
  'is_archived',
  'markdown_text_conflict',
  'metadata_must_be_sent_from_app',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'not_in_channel',
  'too_many_attachments',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
  'users_not_found',
]);

export function outcomeOfAnswer(status: number, retryAfter: string | undefined, body: unknown): PostOutcome {
  if (status === 429) return limited('ratelimited', retryAfter);
  if (status >= 500) return { kind: 'unclear', answer: `http_${status}` };
  if (!isObject(body) || typeof body['ok'] !== 'boolean') {
    return { kind: 'unclear', answer: `no_answer_${status}` };
  }
  if (body['ok']) {
    const { ts, channel } = body;
    if (typeof ts === 'string' && typeof channel === 'string') return { kind: 'sent', ts, channel };
    return { kind: 'unclear', answer: 'ok_without_ts' };
  }
  const answer = body['error'];
  // Without its reason a refusal cannot be told from one of those that may have partly succeeded.
  if (typeof answer !== 'string') return { kind: 'unclear', answer: 'unnamed_error' };
  if (mayHavePartlySucceeded.has(answer)) return { kind: 'unclear', answer };
  if (answer === 'ratelimited' || answer === 'rate_limited') return limited(answer, retryAfter);
  return { kind: 'refused', answer, forGood: isForGood(answer) };
}

export function isForGood(answer: string): boolean {
  return neverAccepted.has(answer);
}

function limited(answer: string, retryAfter: string | undefined): PostOutcome {
  return { kind: 'refused', answer, forGood: false, retryAfter: secondsOf(retryAfter) };
}

function secondsOf(retryAfter: string | undefined): number {
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 30;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
