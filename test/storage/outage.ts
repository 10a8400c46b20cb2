import pg from 'pg';

/** A database on the test server goes away for everybody, and comes back when told. */
export async function shutDatabase(url: string): Promise<() => Promise<void>> {
  const name = new URL(url).pathname.slice(1);
  const allow = (allowed: boolean): string => `alter database ${name} with allow_connections ${allowed}`;
  await elsewhere(url, async (server) => {
    await server.query(allow(false));
    await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  });
  return () => elsewhere(url, async (server) => void (await server.query(allow(true))));
}

export interface Hold {
  /** Resolves as soon as so many wait for a lock: for the table, or for each other. */
  untilWaiting(count: number): Promise<void>;
  letGo(): Promise<void>;
}

/** Every statement that needs the table waits until it is let go; a lock also goes with its connection. */
export async function holdTable(url: string, table: string): Promise<Hold> {
  const holder = new pg.Client(url);
  // It may lose its connection together with everybody else's.
  holder.on('error', () => {});
  await holder.connect();
  await holder.query('begin');
  await holder.query(`lock table ${table} in access exclusive mode`);
  return {
    async untilWaiting(count) {
      const waiting = `select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      for (let found = 0; found < count; ) {
        // Inside a transaction the view would show for ever what it showed first.
        await holder.query('select pg_stat_clear_snapshot()');
        const { rows } = await holder.query<{ count: number }>(waiting);
        found = rows[0]?.count ?? 0;
      }
    },
    async letGo() {
      await holder.query('commit');
      await holder.end();
    },
  };
}

async function elsewhere(url: string, work: (server: pg.Client) => Promise<void>): Promise<void> {
  const server = new pg.Client(new URL('/postgres', url).href);
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}
