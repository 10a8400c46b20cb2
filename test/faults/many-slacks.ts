import { startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { type FaultPlan, type FaultySlack, startFaultySlack } from '#test/slack/faulty-slack.ts';
import { connectUpstream, type Upstream } from '#test/slack/proxy/upstream.ts';
import { botOf, type Team, tokenOf } from './teams.ts';

/** A message as it really stands in somebody's conversation with the app. */
export interface Standing {
  workspaceId: string;
  receiverId: string;
  text: string;
  key: string | undefined;
  channel: string;
  ts: string;
}

export interface ManySlacks {
  faulty: FaultySlack;
  /** How many messages stand by now, whoever sees them. */
  accepted(): number;
  standing(): Standing[];
  close(): Promise<void>;
}

const scopes = 'commands chat:write im:write im:history users:read users:read.email'.split(' ');

/** A local Slack for each team, all behind one proxy with faults. */
export async function startManySlacks(teams: Team[], seed: number, faults: FaultPlan): Promise<ManySlacks> {
  const slacks = await Promise.all(
    teams.map(async (team) => ({ workspaceId: team.workspaceId, slack: await startSlackOf(team) })),
  );
  let posted = 0;
  for (const { slack } of slacks) {
    slack.onChange((change) => {
      if (change.kind === 'message') posted += 1;
    });
  }
  const faulty = await startFaultySlack({
    upstream: byToken(new Map(slacks.map(({ workspaceId, slack }) => [tokenOf(workspaceId), slack.url]))),
    seed,
    faults,
  });
  return {
    faulty,
    accepted: () => posted,
    standing: () =>
      slacks.flatMap(({ workspaceId, slack }) => {
        const { channels, messages } = slack.snapshot();
        return Object.values(messages)
          .flat()
          .map(({ channel, ts, text, metadata }) => ({
            workspaceId,
            receiverId: channels[channel]?.user ?? channel,
            text,
            key: keyOf(metadata?.event_payload),
            channel,
            ts,
          }));
      }),
    async close() {
      await faulty.close();
      await Promise.all(slacks.map(({ slack }) => slack.close()));
    },
  };
}

function startSlackOf({ workspaceId, pairs }: Team) {
  return startLocalSlack({
    team: { id: workspaceId, name: workspaceId },
    app: {
      appId: 'A0SIDELINE',
      botUserId: botOf(workspaceId),
      botId: 'B0SIDELINE',
      name: 'Sideline',
      botToken: tokenOf(workspaceId),
      signingSecret: 'secret',
      scopes,
    },
    users: pairs.map(({ managerId, rep }) => ({
      id: managerId,
      name: managerId,
      realName: `manager of ${rep}`,
      email: `${managerId}@example.test`,
      tz: 'UTC',
    })),
    keepCalls: 0,
  });
}

function byToken(urls: ReadonlyMap<string, string>): Upstream {
  const upstreams = new Map([...urls].map(([token, url]) => [token, connectUpstream(url)]));
  return {
    forward(call) {
      const upstream = upstreams.get(call.token ?? '');
      if (upstream === undefined) throw new Error(`no workspace has the token ${call.token}`);
      return upstream.forward(call);
    },
    close: () => {
      for (const upstream of upstreams.values()) upstream.close();
    },
  };
}

function keyOf(payload: Record<string, unknown> | undefined): string | undefined {
  const key = payload?.['key'];
  return typeof key === 'string' ? key : undefined;
}
