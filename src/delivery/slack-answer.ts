import { ErrorCode } from '@slack/web-api';

/** Where Slack says "not now" without saying for how long. */
const unnamedWait = 30;

/** What the client library's error says of Slack's answer, for calls that may be repeated. */
export function slackAnswerOf(error: unknown): { answer: string; retryAfter: number | undefined } {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error ? error.code : undefined;
  if (code === ErrorCode.PlatformError && 'data' in error) {
    const { error: answer = 'unnamed_error' } = error.data as { error?: string };
    // The library gives what is not JSON, a whole page perhaps, as the name of the error.
    return { answer: /^\w{1,80}$/.test(answer) ? answer : 'not_json', retryAfter: undefined };
  }
  if (code === ErrorCode.RateLimitedError && 'retryAfter' in error) {
    return { answer: 'ratelimited', retryAfter: Number(error.retryAfter) };
  }
  if (code === ErrorCode.HTTPError && 'statusCode' in error) {
    return { answer: `http_${String(error.statusCode)}`, retryAfter: undefined };
  }
  if (code === ErrorCode.RequestError || isBrokenOff(error))
    return { answer: 'no_answer', retryAfter: undefined };
  if (error.message.startsWith('Retry header did not contain a valid timeout')) {
    return { answer: 'ratelimited', retryAfter: unnamedWait };
  }
  throw error;
}

/** An answer that begins and does not come to its end reaches us as fetch made it, without a code of the library's. */
function isBrokenOff(error: Error): boolean {
  return error.name === 'TimeoutError' || (error instanceof TypeError && error.message === 'terminated');
}
