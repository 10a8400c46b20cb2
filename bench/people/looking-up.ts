import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { systemClock } from '#domain/clock.ts';
import { botTokens } from '#services/bot-tokens.ts';
import { knownWorkspaces } from '#services/known-workspaces.ts';
import { may } from '#services/may.ts';
import { sealTokens } from '#services/sealed-tokens.ts';
import type { Database } from '#storage/database.ts';
import { encryptionKey, keyBytes, keyRing } from '#storage/key-ring.ts';
import { openPostgres } from '#storage/postgres.ts';
import { withClient } from '../databases.ts';
import type { Figure } from '../figures.ts';
import { inTurns } from '../in-turns.ts';
import type { Installed } from './workspaces.ts';

const ring = keyRing([encryptionKey('k1', Buffer.alloc(keyBytes, 7))]);

/** A token for each workspace, as an installation leaves it. */
export async function sealTokensIn({ url, workspaces }: Installed): Promise<void> {
  const sealed = Array.from({ length: workspaces }, (_, number) => {
    const workspaceId = `T${number}`;
    const tokens = { botToken: `xoxb-${number}`, refreshToken: null, expiresAt: null };
    return { workspaceId, ...sealTokens(ring, workspaceId, tokens) };
  });
  await withClient(url, async (client) => {
    await client.query(
      `insert into installation
         (workspace_id, is_enterprise, app_id, scopes, key_id, bot_token, installed_by, installed_at)
       select s."workspaceId", false, 'A0BENCH', '{commands}', s."keyId", s."botToken", 'UBOSS', now()
       from jsonb_to_recordset($1::jsonb) as s ("workspaceId" text, "keyId" text, "botToken" text)`,
      [JSON.stringify(sealed)],
    );
    await client.query('vacuum analyze installation');
  });
}

/** So many questions are timed as one: each takes a millisecond. */
const atOnce = 40;

/** One after the other, each about another workspace. */
const aboutMany =
  (workspaces: number, ask: (workspaceId: string) => Promise<unknown>) => async (turn: number) => {
    for (let number = 0; number < atOnce; number += 1) {
      await ask(`T${((turn + 3) * atOnce + number * 7_919) % workspaces}`);
    }
  };

/** What every press asks first, with many workspaces in the database and with one. */
export async function lookingUp(one: Installed, many: Installed, turns: number): Promise<Figure[]> {
  const [ofOne, ofMany] = [openPostgres(one.url), openPostgres(many.url)];
  const mayLog = (database: Database) => (workspaceId: string) =>
    database.inWorkspace(workspaceId, async (trx) => {
      const asking = { workspaceId, viewerId: 'm0', subjectId: 'r0' };
      if (!(await may(trx, asking, 'log_one_on_one'))) throw new Error('a manager may log a 1:1');
    });
  const [checked, checkedInOne] = await inTurns(
    turns,
    aboutMany(many.workspaces, mayLog(ofMany)),
    aboutMany(one.workspaces, mayLog(ofOne)),
  );
  const figures: Figure[] = [
    {
      what: `permission check, ${many.workspaces} workspaces`,
      value: checked / atOnce,
      unit: 'ms',
      against: { what: `ms with ${one.workspaces}`, value: checkedInOne / atOnce },
      ratio: checked / checkedInOne,
      aim: { most: 1.2 },
    },
    ...(await tokens(ofMany, many.workspaces, turns)),
  ];
  await Promise.all([ofOne.close(), ofMany.close()]);
  return figures;
}

async function tokens(database: Database, workspaces: number, turns: number): Promise<Figure[]> {
  // What is remembered is so for half a minute, and one turn after the other takes longer.
  const clock = { ...systemClock, monotonic: () => 0 };
  const found = botTokens({
    clock,
    database,
    log: pino({ level: 'error' }),
    ring,
    oauth: { clientId: '', clientSecret: '', stateSecret: '' },
    slack: new WebClient(),
    ended: async () => {},
  });
  const known = knownWorkspaces({ clock, database });
  const select = (table: 'installation' | 'workspace') => (workspaceId: string) =>
    database.owner.selectFrom(table).selectAll().where('workspace_id', '=', workspaceId).executeTakeFirst();
  const origin = (teamId: string) => ({ teamId, enterpriseId: undefined, isEnterpriseInstall: false });
  const remembered = Array.from({ length: workspaces }, (_, number) => `T${number}`);
  const rows: [
    what: string,
    table: 'installation' | 'workspace',
    ask: (id: string) => Promise<unknown>,
    most: number,
  ][] = [
    [
      'token of a workspace, not remembered',
      'installation',
      (id) => {
        found.forget(id);
        return found.of(id);
      },
      1.5,
    ],
    [
      'whose request it is, not remembered',
      'workspace',
      (id) => {
        known.forget();
        return known.find(origin(id));
      },
      1.5,
    ],
    ['token of a workspace, remembered', 'installation', (id) => found.of(id), 0.1],
    ['whose request it is, remembered', 'workspace', (id) => known.find(origin(id)), 0.1],
  ];
  const figures: Figure[] = [];
  for (const [what, table, ask, most] of rows) {
    for (const id of what.endsWith(', remembered') ? remembered : []) await ask(id);
    const [asked, selected] = await inTurns(
      turns,
      aboutMany(workspaces, ask),
      aboutMany(workspaces, select(table)),
    );
    figures.push({
      what: `${what}, ${workspaces} of them`,
      value: asked / atOnce,
      unit: 'ms',
      against: { what: 'ms by a bare select of the row', value: selected / atOnce },
      ratio: asked / selected,
      aim: { most },
    });
  }
  return figures;
}
