import type { Database } from './database.ts';

/** The embedded database is loaded only where it is used: it is most of the memory of the process. */
export async function openDatabase(settings: {
  databaseUrl: string | undefined;
  dataDirectory: string;
  onIdleError?: (error: Error) => void;
}): Promise<Database> {
  if (settings.databaseUrl !== undefined) {
    const { openPostgres } = await import('./postgres.ts');
    const { onIdleError } = settings;
    return openPostgres(settings.databaseUrl, onIdleError === undefined ? {} : { onIdleError });
  }
  const { openEmbedded } = await import('./embedded.ts');
  return openEmbedded(settings.dataDirectory);
}
