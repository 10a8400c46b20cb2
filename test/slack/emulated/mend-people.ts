import { DateTime, IANAZone } from 'luxon';
import { isRecord } from '../proxy/call.ts';
import { type Answer, contentOf, jsonAnswer } from '../proxy/upstream.ts';

/** Time zones by user id. */
export type Zones = ReadonlyMap<string, string>;

export const usualZone = 'Etc/UTC';

/** `users.info`, `.list` and `.lookupByEmail` with the time zones that the emulator does not know. */
export function mendPeople(answer: Answer, zones: Zones): Answer {
  const content = contentOf(answer);
  if (!isRecord(content)) return answer;
  const { user, members } = content;
  return jsonAnswer(answer.status, {
    ...content,
    ...(isRecord(user) && { user: withZone(user, zones) }),
    ...(Array.isArray(members) && { members: members.filter(isRecord).map((one) => withZone(one, zones)) }),
  });
}

export function checkedZone(zone: string): string {
  if (!IANAZone.isValidZone(zone)) throw new RangeError(`No such time zone: ${zone}`);
  return zone;
}

function withZone(user: Record<string, unknown>, zones: Zones): Record<string, unknown> {
  const tz = zones.get(String(user['id'])) ?? usualZone;
  return { ...user, tz, tz_offset: DateTime.now().setZone(tz).offset * 60 };
}
