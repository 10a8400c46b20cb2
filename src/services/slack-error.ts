import { ErrorCode } from '@slack/web-api';

/** The word Slack refused a call with; undefined where it was not Slack's own answer that failed. */
export function slackErrorOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('data' in error)) return undefined;
  const { error: word } = error.data as { error?: unknown };
  return typeof word === 'string' ? word : undefined;
}

/** How many seconds Slack asks to wait before a call is made again; undefined for any other trouble. */
export function retryAfterOf(error: unknown): number | undefined {
  const isLimit = error instanceof Error && 'code' in error && error.code === ErrorCode.RateLimitedError;
  return isLimit ? (error as unknown as { retryAfter: number }).retryAfter : undefined;
}

/** Why Slack could not be asked, in words for an operator; undefined for what is not about Slack at all. */
export function slackTroubleOf(error: unknown): string | undefined {
  const word = slackErrorOf(error);
  if (word !== undefined) return `Slack refused: ${word}`;
  const seconds = retryAfterOf(error);
  if (seconds !== undefined) return `Slack asks to wait ${seconds} s (rate limit)`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === ErrorCode.RequestError || code === ErrorCode.HTTPError) {
    return `Slack did not answer as it should (${(error as Error).message})`;
  }
  return undefined;
}
