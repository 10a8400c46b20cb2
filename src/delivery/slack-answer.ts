import { ErrorCode } from '@slack/web-api';

/** What the client library's error says of Slack's answer, for calls that may be repeated. */
export function slackAnswerOf(error: unknown): { answer: string; retryAfter: number | undefined } {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error ? error.code : undefined;
  if (code === ErrorCode.PlatformError && 'data' in error) {
    const data = error.data as { error?: string };
    return { answer: data.error ?? 'unnamed_error', retryAfter: undefined };
  }
  if (code === ErrorCode.RateLimitedError && 'retryAfter' in error) {
    return { answer: 'ratelimited', retryAfter: Number(error.retryAfter) };
  }
  if (code === ErrorCode.HTTPError && 'statusCode' in error) {
    return { answer: `http_${String(error.statusCode)}`, retryAfter: undefined };
  }
  if (code === ErrorCode.RequestError) return { answer: 'no_answer', retryAfter: undefined };
  throw error;
}
