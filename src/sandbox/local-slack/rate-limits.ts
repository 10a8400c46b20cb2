export interface LimitRules {
  /** Calls a minute by method, as Slack's tiers promise at least. */
  tiers?: boolean;
  /** About one message a second in one channel, with a small burst. */
  posting?: { perSecond: number; burst: number };
  /** What apps outside the Marketplace get for conversations.history and .replies. */
  history?: { perMinute: number; maxItems: number };
}

export type Limits = 'off' | LimitRules;

export const SLACK_LIMITS: LimitRules = { tiers: true, posting: { perSecond: 1, burst: 3 } };
export const UNLISTED_APP_LIMITS: LimitRules = { ...SLACK_LIMITS, history: { perMinute: 1, maxItems: 15 } };

const TIER_1 = 1;
const TIER_2 = 20;
const TIER_3 = 50;
const TIER_4 = 100;

const PER_MINUTE: Record<string, number> = {
  'apps.connections.open': TIER_1,
  'conversations.list': TIER_2,
  'usergroups.list': TIER_2,
  'usergroups.users.list': TIER_2,
  'users.list': TIER_2,
  'chat.delete': TIER_3,
  'chat.update': TIER_3,
  'conversations.history': TIER_3,
  'conversations.info': TIER_3,
  'conversations.open': TIER_3,
  'conversations.replies': TIER_3,
  'reactions.add': TIER_3,
  'team.info': TIER_3,
  'team.profile.get': TIER_3,
  'users.lookupByEmail': TIER_3,
  'chat.postEphemeral': TIER_4,
  'conversations.members': TIER_4,
  'files.completeUploadExternal': TIER_4,
  'files.getUploadURLExternal': TIER_4,
  'files.info': TIER_4,
  'oauth.v2.access': TIER_4,
  'users.info': TIER_4,
  'users.profile.get': TIER_4,
  'views.open': TIER_4,
  'views.publish': TIER_4,
  'views.push': TIER_4,
  'views.update': TIER_4,
};

const MINUTE = 60_000;
const HISTORY = ['conversations.history', 'conversations.replies'];

export class RateLimiter {
  limits: Limits;
  readonly #recent = new Map<string, number[]>();

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Seconds to wait, or null when the call may go ahead and has been counted. */
  take(method: string, channel: string | undefined, now: number): number | null {
    if (this.limits === 'off') return null;
    const { posting, history } = this.limits;
    if (history && HISTORY.includes(method)) return this.#window(method, history.perMinute, MINUTE, now);
    if (posting && channel !== undefined && method === 'chat.postMessage') {
      return this.#window(`post ${channel}`, posting.burst, (posting.burst / posting.perSecond) * 1000, now);
    }
    const perMinute = this.limits.tiers ? PER_MINUTE[method] : undefined;
    return perMinute === undefined ? null : this.#window(method, perMinute, MINUTE, now);
  }

  maxItems(method: string): number {
    const rules = this.limits === 'off' ? undefined : this.limits.history;
    return rules && HISTORY.includes(method) ? rules.maxItems : Number.POSITIVE_INFINITY;
  }

  #window(key: string, allowed: number, length: number, now: number): number | null {
    const recent = (this.#recent.get(key) ?? []).filter((at) => at > now - length);
    this.#recent.set(key, recent);
    const oldest = recent[0];
    if (recent.length >= allowed && oldest !== undefined) {
      return Math.max(1, Math.ceil((oldest + length - now) / 1000));
    }
    recent.push(now);
    return null;
  }
}
