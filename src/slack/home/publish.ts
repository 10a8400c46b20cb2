import type { KnownBlock } from '@slack/web-api';
import type { Feature, Request } from '../feature.ts';
import { answerToUnknown } from '../help/listeners.ts';
import { offerBlocks } from '../set-up/offer.ts';
import { composeHome } from './compose.ts';
import { beginRest, restsFor, secondsToRest } from './rest.ts';

/** Whose Home is being made at this moment, and whether something has changed since it was begun. */
interface UnderWay {
  again: boolean;
  made: Promise<void>;
}

const underWay = new WeakMap<Request['context']['database'], Map<string, UnderWay>>();

/**
 * Shows one person their Home as it stands now. One after the other: of two that are made at once, the older could
 * be shown last, and stay.
 */
export function publishHome(request: Request, features: readonly Feature[]): Promise<void> {
  const { context, workspaceId, userId } = request;
  const later = (): void => {
    publishHome(request, features).catch((error: unknown) => {
      context.log.warn({ err: error, userId }, 'a Home was not brought up to date');
    });
  };
  if (restsFor(request, later)) return Promise.resolve();
  const ofDatabase = underWay.get(context.database) ?? new Map<string, UnderWay>();
  underWay.set(context.database, ofDatabase);
  const key = `${workspaceId} ${userId}`;
  const running = ofDatabase.get(key);
  if (running !== undefined) {
    running.again = true;
    return running.made;
  }
  const begun: UnderWay = { again: false, made: Promise.resolve() };
  const makeUntilCurrent = async (): Promise<void> => {
    try {
      do {
        begun.again = false;
        await publishOnce(request, features).catch((error: unknown) => {
          const seconds = secondsToRest(error);
          if (seconds === undefined) throw error;
          beginRest(request, seconds);
          restsFor(request, later);
        });
      } while (begun.again);
    } finally {
      ofDatabase.delete(key);
    }
  };
  ofDatabase.set(key, begun);
  begun.made = makeUntilCurrent();
  return begun.made;
}

async function publishOnce(request: Request, features: readonly Feature[]): Promise<void> {
  const { context, client, workspaceId, userId } = request;
  const made = await composeHome(context, { workspaceId, personId: userId }, features);
  const blocks = made ?? (await strangerBlocks(request));
  await client.views.publish({
    user_id: userId,
    view: { type: 'home', blocks },
  });
}

async function strangerBlocks(request: Request): Promise<KnownBlock[]> {
  const offer = await offerBlocks(request);
  if (offer !== undefined) return offer;
  const { text } = await answerToUnknown(request);
  return [{ type: 'section', text: { type: 'mrkdwn', text } }];
}
