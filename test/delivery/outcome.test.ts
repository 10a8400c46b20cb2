import { describe, expect, test } from 'vitest';
import { outcomeOfAnswer } from '#delivery/outcome.ts';

const refusal = (error: string) => outcomeOfAnswer(200, undefined, { ok: false, error });

describe("what Slack's answer to a post means", () => {
  test('ok with a ts is sent', () => {
    expect(outcomeOfAnswer(200, undefined, { ok: true, ts: '1.2', channel: 'D1' })).toEqual({
      kind: 'sent',
      ts: '1.2',
      channel: 'D1',
    });
  });

  test.each(['fatal_error', 'internal_error'])('%s may have partly succeeded', (error) => {
    expect(refusal(error)).toEqual({ kind: 'unclear', answer: error });
  });

  test.each([
    [500, { ok: false, error: 'x' }],
    [502, undefined],
    [503, 'Service Unavailable'],
    [504, { ok: true, ts: '1.2', channel: 'D1' }],
    [200, undefined],
    [200, 'ok'],
    [200, null],
    [200, { ok: 'true' }],
    [200, { ok: true }],
    [200, { ok: true, ts: 1.2, channel: 'D1' }],
    [200, { ok: false }],
    [302, undefined],
    [404, '<html>'],
  ])('status %d with %j is unclear', (status, body) => {
    expect(outcomeOfAnswer(status, undefined, body)).toMatchObject({ kind: 'unclear' });
  });

  test.each([
    ['17', 17],
    ['0.5', 0.5],
    [undefined, 30],
    ['soon', 30],
    ['-1', 30],
    ['0', 30],
  ])('429 with Retry-After %s waits %d s', (header, retryAfter) => {
    expect(outcomeOfAnswer(429, header, undefined)).toEqual({
      kind: 'refused',
      answer: 'ratelimited',
      forGood: false,
      retryAfter,
    });
  });

  test.each(['ratelimited', 'rate_limited'])('%s in the body waits as well', (error) => {
    expect(outcomeOfAnswer(200, '7', { ok: false, error })).toMatchObject({
      kind: 'refused',
      forGood: false,
      retryAfter: 7,
    });
  });

  test.each(['user_not_found', 'invalid_blocks', 'msg_too_long', 'is_archived', 'not_in_channel', 'no_text'])(
    '%s is for good: neither receiver nor content will change by waiting',
    (error) => {
      expect(refusal(error)).toEqual({ kind: 'refused', answer: error, forGood: true });
    },
  );

  test.each([
    'service_unavailable',
    'request_timeout',
    'team_added_to_org',
    'invalid_auth',
    'token_revoked',
    'missing_scope',
    'restricted_action',
    'messages_tab_disabled',
    'an_error_that_slack_invents_tomorrow',
  ])('%s is for now: somebody can mend it', (error) => {
    expect(refusal(error)).toEqual({ kind: 'refused', answer: error, forGood: false });
  });
});
