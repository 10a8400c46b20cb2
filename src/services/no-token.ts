import { ErrorCode } from '@slack/web-api';

/**
 * There is no token to call Slack with. It looks like a refusal of Slack's, because it means the same to whoever made
 * the call: nothing was done, and waiting may mend it.
 */
export class NoToken extends Error {
  override name = 'NoToken';
  readonly code = ErrorCode.PlatformError;
  readonly data: { ok: false; error: string };

  constructor(word: 'account_inactive' | 'not_authed', message: string) {
    super(message);
    this.data = { ok: false, error: word };
  }
}
