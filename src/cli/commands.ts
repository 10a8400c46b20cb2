import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { eraseCommand } from './erase.ts';
import { exportCommand } from './export.ts';
import { importFile } from './import.ts';
import { migrateDatabase } from './migrate.ts';
import { move } from './move.ts';
import { pause } from './pause.ts';
import { resume } from './resume.ts';
import { rotateKeysCommand } from './rotate-keys.ts';
import { start } from './start.ts';
import { uncertain } from './uncertain.ts';
import { why } from './why.ts';

/** Every command, one line each. */
export const commands: ReadonlyMap<string, Command> = new Map([
  ['migrate', migrateDatabase],
  ['import', importFile],
  ['export', exportCommand],
  ['erase', eraseCommand],
  ['start', start],
  ['pause', pause],
  ['resume', resume],
  ['uncertain', uncertain],
  ['why', why],
  ['rotate-keys', rotateKeysCommand],
  ['doctor', doctor],
  ['move', move],
]);
