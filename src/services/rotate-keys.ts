import { noteInAudit } from '#storage/audit.ts';
import { type InstallationState, listInstallations, reseal } from '#storage/installations.ts';
import { CannotOpen, type EncryptionKey, type KeyRing, keyRing } from '#storage/key-ring.ts';
import type { ServiceContext } from '../context.ts';
import { openTokens, sealTokens } from './sealed-tokens.ts';

export interface Rotated {
  /** The key that all are sealed with now. */
  key: string;
  sealed: number;
  /** Sealed with that key before. */
  before: number;
  /** Another token came while this ran. */
  changedMeanwhile: number;
  unopened: { workspaceId: string; reason: string }[];
}

const batch = 500;

/** Seals all tokens with the first key, while the application runs: it opens them with either. */
export async function rotateKeys(
  { database, clock }: Pick<ServiceContext, 'database' | 'clock'>,
  keys: readonly EncryptionKey[],
): Promise<Rotated> {
  const ring = keyRing(keys);
  const rotated: Rotated = { key: ring.writingKey, sealed: 0, before: 0, changedMeanwhile: 0, unopened: [] };
  for (let after = ''; ; ) {
    const some = await listInstallations(database.owner, { after, limit: batch });
    for (const one of some) {
      if (one.keyId === ring.writingKey) {
        rotated.before += 1;
        continue;
      }
      const anew = sealedAnew(ring, one);
      if ('reason' in anew) {
        rotated.unopened.push(anew);
        continue;
      }
      const { workspaceId, generation, keyId } = one;
      const done = await database.owner.transaction().execute(async (trx) => {
        if (!(await reseal(trx, workspaceId, generation, anew))) return false;
        const detail = { from: keyId, to: ring.writingKey };
        await noteInAudit(trx, workspaceId, {
          actorId: 'operator',
          what: 'keys_rotated',
          detail,
          at: new Date(clock.now()),
        });
        return true;
      });
      if (done) rotated.sealed += 1;
      else rotated.changedMeanwhile += 1;
    }
    const last = some.at(-1);
    if (last === undefined || some.length < batch) return rotated;
    after = last.workspaceId;
  }
}

function sealedAnew(
  ring: KeyRing,
  one: InstallationState,
): ReturnType<typeof sealTokens> | { workspaceId: string; reason: string } {
  const { workspaceId } = one;
  try {
    return sealTokens(ring, workspaceId, openTokens(ring, workspaceId, one));
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    return { workspaceId, reason: error.message };
  }
}
