import type { MessageComposers } from '#services/message-content.ts';
import type { Database } from '#storage/database.ts';
import { composers } from './composers.ts';

/** A process that stands still between committing its intent and posting; for ever, if it is never thawed. */
export interface Frozen {
  database: Database;
  settings: { composers: MessageComposers };
  /** Resolves when the intent is committed. */
  untilFrozen: Promise<void>;
  thaw(): void;
}

export function frozenAfterIntent(database: Database): Frozen {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let intending = false;
  return {
    settings: {
      composers: {
        ...composers,
        prompt: (...given) => {
          intending = true;
          return composers.prompt(...given);
        },
      },
    },
    database: {
      ...database,
      async inWorkspace(workspaceId, work) {
        const result = await database.inWorkspace(workspaceId, work);
        if (intending) {
          reached.resolve();
          await gate.promise;
        }
        return result;
      },
    },
    untilFrozen: reached.promise,
    thaw: () => {
      intending = false;
      gate.resolve();
    },
  };
}
