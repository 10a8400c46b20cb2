import { type CertificationCoverage, certificationCoverage } from '#domain/coverage.ts';
import { certificationStandings } from '#storage/certification-standings.ts';
import type { Trx } from '#storage/database.ts';

/** Reps with a certificate that is valid at an instant, of those enrolled and of all. */
export async function measureCertification(
  trx: Trx,
  workspaceId: string,
  at: number,
): Promise<CertificationCoverage> {
  return certificationCoverage(await certificationStandings(trx, workspaceId, new Date(at)));
}
