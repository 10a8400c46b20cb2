import { deleteMessages, workspacesToDeleteIn } from '#services/delete-messages.ts';
import { claimDueSweep, scheduleSweeps, sweepPeople } from '#services/sweep-people.ts';
import { sweepRetention } from '#services/sweep-retention.ts';
import type { AppContext } from '../context.ts';
import { everyMinute } from './every-minute.ts';

/** Looks people up in Slack every night, whatever its events have told; and deletes messages to who was erased. */
export interface PeopleSweep {
  start(): void;
  /** Does what is due now, as far as a minute goes. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

/** What is left after that is the next minute's: the claims of others are not kept waiting by a long list. */
const longest = 45_000;

export function createPeopleSweep(context: AppContext): PeopleSweep {
  const { clock, log, slack } = context;
  let stopping = false;
  let running: Promise<void> | undefined;
  let timer: ReturnType<typeof everyMinute> | undefined;

  async function run(): Promise<void> {
    const until = clock.monotonic() + longest;
    await deleteErased(() => !stopping && clock.monotonic() < until);
    await scheduleSweeps(context);
    while (!stopping && clock.monotonic() < until) {
      const claimed = await claimDueSweep(context);
      if (claimed === undefined) return;
      const { workspaceId } = claimed;
      try {
        // Whether or not Slack answers: what is too old does not wait for it.
        if (claimed.cursor === null) await sweepRetention(context, workspaceId);
        const swept = await sweepPeople(context, await slack.client(workspaceId), claimed);
        if (swept.kind === 'put_off')
          log.warn({ err: swept.error, workspaceId }, 'people could not be looked up');
        else if (swept.changed > 0) log.info({ workspaceId, ...swept }, 'people: brought up to date');
        // The rest of a long list waits for its turn.
        if (swept.kind === 'goes_on') return;
      } catch (error) {
        // The lease runs out, and then it is tried again.
        log.error({ err: error, workspaceId }, 'a sweep of people failed');
      }
    }
  }

  async function deleteErased(goesOn: () => boolean): Promise<void> {
    for (const workspaceId of await workspacesToDeleteIn(context)) {
      try {
        const stopped = await deleteMessages(context, slack.client(workspaceId), workspaceId, goesOn);
        if (stopped !== undefined) {
          log.warn({ err: stopped.error, workspaceId }, 'messages to somebody who was erased wait');
        }
      } catch (error) {
        // The lease runs out, and then it is tried again.
        log.error({ err: error, workspaceId }, 'messages to somebody who was erased were not deleted');
      }
    }
  }

  const sweep: PeopleSweep = {
    start() {
      timer = everyMinute(clock, () => void sweep.tick());
    },
    tick() {
      running ??= run()
        .catch((error: unknown) => {
          // The next minute does it again.
          log.error({ err: error }, 'people could not be swept');
        })
        .finally(() => {
          running = undefined;
        });
      return running;
    },
    async stop() {
      stopping = true;
      timer?.stop();
      await running;
    },
  };
  return sweep;
}
