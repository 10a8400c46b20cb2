import { type Logger, pino } from 'pino';
import { errorInLog } from './error-in-log.ts';

/** Log lines carry ids, never what people wrote: errors lose whatever could quote it. */
export function createLog(level: string): Logger {
  return pino({ level, serializers: { err: errorInLog } });
}
