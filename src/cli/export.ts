import { weekOf } from '#domain/sending.ts';
import { addDays, civilDateSchema } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { exportableMeasures, exportMeasure } from '#services/export-measures.ts';
import { noteInAudit } from '#storage/audit.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Command, type Invocation, Misused } from './command.ts';
import { csvOf } from './csv.ts';
import { aboutPerson, exportOfPerson } from './export-person.ts';
import { configOf, serviceContext, withDatabase } from './with-database.ts';

const names = Object.keys(exportableMeasures);
const longest = Math.max(...names.map((name) => name.length));

export const exportCommand: Command = {
  summary: 'print a measure as CSV, without names; or all that is kept about one person',
  usage:
    '<measure> [--since <date>] [--until <date>] | --person <id or e-mail> [--out <folder>] [--formal-request]',
  about: [
    'The measures, each with its columns:',
    ...Object.entries(exportableMeasures).flatMap(([name, { tells, columns }]) => [
      `  ${name.padEnd(longest)}  ${tells}`,
      `  ${''.padEnd(longest)}  ${columns.join(', ')}`,
    ]),
    '',
    'Dates are 2026-03-02; without them it is the last twelve full weeks. Weeks are whole, Monday to Sunday in the',
    "digest's time zone (UTC while none is chosen). A rate is a fraction, and is left empty below five and while",
    'something is still open.',
    '',
    ...aboutPerson,
  ].join('\n'),
  ofWorkspace: true,
  hasPeriod: true,
  hasPerson: true,
  async run(invocation) {
    if (invocation.person !== undefined) return exportOfPerson(invocation, invocation.person);
    if (invocation.out !== undefined || invocation.formalRequest) {
      throw new Misused('--out and --formal-request go with --person.');
    }
    const measure = measureIn(invocation);
    const given = periodIn(invocation);
    const config = configOf(invocation.config);
    return withDatabase(config, async (database) => {
      const { id } = await chooseWorkspace(database, invocation.workspace);
      const now = serviceContext(config, database).clock.now();
      const period = withDefaults(given, now);
      const rows = await database.inWorkspace(id, async (trx) => {
        const at = new Date(now);
        await noteInAudit(trx, id, { actorId: 'operator', what: 'exported', detail: { measure }, at });
        return exportMeasure(trx, measure, { workspaceId: id, ...period, now });
      });
      const lines = csvOf(exportableMeasures[measure]?.columns ?? [], rows);
      return { ok: true, lines, data: { workspace: id, measure, ...period, rows } };
    });
  },
};

function measureIn({ words }: Invocation): string {
  const [measure, ...more] = words;
  if (measure !== undefined && names.includes(measure) && more.length === 0) return measure;
  throw new Misused(`Say which measure: export ${names.join(' | ')}`);
}

interface Given {
  since: string | undefined;
  until: string | undefined;
}

function periodIn({ since, until }: Invocation): Given {
  for (const [option, date] of Object.entries({ since, until })) {
    if (date !== undefined && !civilDateSchema.safeParse(date).success) {
      throw new Misused(`--${option} ${date} is no date; write it as 2026-03-02.`);
    }
  }
  if (since !== undefined && until !== undefined && since > until) {
    throw new Misused(`--since ${since} is after --until ${until}.`);
  }
  return { since, until };
}

const weeksByDefault = 12;

function withDefaults({ since, until }: Given, now: number): { since: string; until: string } {
  const thisMonday = weekOf(toLocal(now, 'UTC').date);
  const last = until ?? laterOf(since, addDays(thisMonday, -1));
  return { since: since ?? addDays(weekOf(last), -7 * (weeksByDefault - 1)), until: last };
}

/** Asked for from this week on, this week is meant, as far as it has come. */
const laterOf = (since: string | undefined, date: string): string =>
  since !== undefined && since > date ? since : date;
