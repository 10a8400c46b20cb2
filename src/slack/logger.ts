import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

/** Bolt's log lines go where ours go. */
export function boltLogger(log: Logger): BoltLogger {
  const child = log.child({ part: 'bolt' });
  return {
    debug: (...message) => child.trace(message.join(' ')),
    info: (...message) => child.debug(message.join(' ')),
    warn: (...message) => child.warn(message.join(' ')),
    error: (...message) => child.error(message.map(String).join(' ')),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
