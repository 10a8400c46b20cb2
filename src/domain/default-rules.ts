import type { Rule } from './recurrence.ts';
import { observedCallOn, type Settings } from './settings.ts';

/** The rules that pairs and managers begin with; a pair's own slot takes the place of the first. */

export function oneOnOneRule({ oneOnOneWeekday, oneOnOneTime }: Settings, anchor: string): Rule {
  return { kind: 'weekly', interval: 1, anchor, weekday: oneOnOneWeekday, time: oneOnOneTime };
}

export function observedCallRule({ observedCallDay, cardTime }: Settings): Rule {
  return { kind: 'monthly', on: observedCallOn(observedCallDay), time: cardTime };
}

export function timeReportRule({ timeReportWeekday, timeReportTime }: Settings, anchor: string): Rule {
  return { kind: 'weekly', interval: 1, anchor, weekday: timeReportWeekday, time: timeReportTime };
}
