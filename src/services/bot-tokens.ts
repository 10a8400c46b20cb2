import { setTimeout as elapse } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { leaseRefresh, noteRefreshTrouble, replaceTokens, sealedTokensOf } from '#storage/installations.ts';
import { CannotOpen, type KeyRing } from '#storage/key-ring.ts';
import type { OAuthClient } from '../config.ts';
import type { AppContext } from '../context.ts';
import { RecentlyUsed } from '../recently-used.ts';
import { NoToken } from './no-token.ts';
import { openTokens, sealTokens, type Tokens, tokensOf } from './sealed-tokens.ts';
import { slackErrorOf, slackTroubleOf } from './slack-error.ts';
import { renewedGrant } from './slack-grant.ts';

/** The token of each workspace that was installed by OAuth. */
export interface BotTokens {
  of(workspaceId: string): Promise<string>;
  /** Slack refused a call with this token; true where there is another by now, and the call may be repeated. */
  refused(workspaceId: string, token: string, answer: string): Promise<boolean>;
  forget(workspaceId: string): void;
}

export interface TokenContext extends Pick<AppContext, 'database' | 'clock'> {
  log: Logger;
  ring: KeyRing;
  oauth: OAuthClient;
  /** A client without a token of its own. */
  slack: WebClient;
  /** Slack takes the token of this workspace no more. */
  ended(workspaceId: string, ending: { reason: string; since: Date }): Promise<void>;
}

/** Another process may have another token, or none; what is remembered here is at most this old. */
const cachedFor = 30_000;
const mostKept = 20_000;

/** Slack's tokens last for twelve hours. */
const refreshAhead = 10 * 60_000;
/** Longer than a call to Slack may take. */
const leaseFor = 30_000;
const lookAgain = 250;
const mostLooks = 20;

/** Slack says so of a token that is none any more. */
const gone = new Set(['account_inactive', 'invalid_auth', 'token_revoked']);

interface Current extends Tokens {
  generation: number;
}

type Kept = { until: number } & ({ token: string } | { trouble: NoToken });

export function botTokens(context: TokenContext): BotTokens {
  const { clock, database, log } = context;
  const kept = new RecentlyUsed<Kept>(mostKept);
  const asking = new Map<string, Promise<string>>();

  async function read(workspaceId: string): Promise<Current> {
    const sealed = await sealedTokensOf(database.owner, workspaceId);
    if (sealed === undefined)
      throw new NoToken('account_inactive', `workspace ${workspaceId} has no installation`);
    try {
      return { ...openTokens(context.ring, workspaceId, sealed), generation: sealed.generation };
    } catch (error) {
      if (!(error instanceof CannotOpen)) throw error;
      log.error(
        { workspaceId, reason: error.message },
        'the token of a workspace cannot be opened: nothing is done there',
      );
      throw new NoToken(
        'not_authed',
        `the token of workspace ${workspaceId} cannot be opened: ${error.message}`,
      );
    }
  }

  const expires = (current: Current, ahead: number): boolean =>
    current.expiresAt !== null && current.expiresAt.getTime() - ahead <= clock.machineNow();

  /** What there is now; asked of Slack first, where it ends soon or is refused already. */
  async function fresh(workspaceId: string, refused?: number): Promise<Current> {
    const current = await read(workspaceId);
    const isRefused = current.generation === refused;
    if (current.refreshToken === null || !(isRefused || expires(current, refreshAhead))) return current;
    const leased = await lease(workspaceId, current.generation);
    if (leased) await refresh(workspaceId, current, current.refreshToken);
    const after = await read(workspaceId);
    if (leased || !(isRefused || expires(after, 0))) return after;
    return refreshedElsewhere(workspaceId, after);
  }

  function lease(workspaceId: string, generation: number): Promise<boolean> {
    const now = clock.machineNow();
    const times = { now: new Date(now), until: new Date(now + leaseFor) };
    return leaseRefresh(database.owner, workspaceId, { generation, ...times });
  }

  async function refresh(workspaceId: string, current: Current, refreshToken: string): Promise<void> {
    try {
      const grant = await renewedGrant(context.slack, context.oauth, refreshToken);
      const tokens = sealTokens(context.ring, workspaceId, tokensOf(grant, clock.machineNow()));
      await replaceTokens(database.owner, workspaceId, current.generation, tokens);
      log.info({ workspaceId, expiresAt: tokens.expiresAt }, 'a bot token was renewed');
    } catch (error) {
      const trouble = slackTroubleOf(error);
      if (trouble === undefined) throw error;
      await noteRefreshTrouble(database.owner, workspaceId, trouble);
      const { expiresAt } = current;
      log.error(
        { workspaceId, trouble, expiresAt },
        'a bot token was not renewed: it is tried again, until it ends',
      );
    }
  }

  /** Somebody else is asking Slack: soon there is another, or theirs has failed. */
  async function refreshedElsewhere(workspaceId: string, before: Current): Promise<Current> {
    let current = before;
    for (let looks = 0; looks < mostLooks && current.generation === before.generation; looks += 1) {
      await elapse(lookAgain);
      current = await read(workspaceId);
    }
    return current;
  }

  async function ask(workspaceId: string, refused?: number): Promise<string> {
    const until = clock.monotonic() + cachedFor;
    try {
      const { botToken: token } = await fresh(workspaceId, refused);
      kept.set(workspaceId, { token, until });
      return token;
    } catch (error) {
      if (error instanceof NoToken) kept.set(workspaceId, { trouble: error, until });
      throw error;
    }
  }

  async function isGone(token: string): Promise<boolean> {
    try {
      await context.slack.auth.test({ token });
      return false;
    } catch (error) {
      return gone.has(slackErrorOf(error) ?? '');
    }
  }

  return {
    async of(workspaceId) {
      const known = kept.get(workspaceId);
      if (known !== undefined && clock.monotonic() < known.until) {
        if ('trouble' in known) throw known.trouble;
        return known.token;
      }
      const asked = asking.get(workspaceId) ?? ask(workspaceId).finally(() => asking.delete(workspaceId));
      asking.set(workspaceId, asked);
      return asked;
    },
    async refused(workspaceId, token, answer) {
      if (answer !== 'token_expired' && !gone.has(answer)) return false;
      const since = new Date(clock.machineNow());
      kept.delete(workspaceId);
      try {
        const current = await read(workspaceId);
        if (current.botToken !== token) return true;
        if (answer === 'token_expired') return (await ask(workspaceId, current.generation)) !== token;
      } catch (error) {
        if (error instanceof NoToken) return false;
        throw error;
      }
      // One answer may be a mishap of Slack's, and data is deleted after an ending: it has to say so twice.
      if (await isGone(token)) await context.ended(workspaceId, { reason: answer, since });
      return false;
    },
    forget: (workspaceId) => kept.delete(workspaceId),
  };
}
