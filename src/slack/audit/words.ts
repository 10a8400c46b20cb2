import type { AuditSeen } from '#storage/audit.ts';
import { settingsFields } from '../settings/groups.ts';
import { inMarkup, nameOf } from '../text.ts';

/** Who did it, where it was no member. */
const actors: Record<string, string> = {
  operator: 'Whoever runs Sideline',
  slack: 'Slack',
  sideline: 'Sideline',
};

export const actorInWords = ({ actorId, actorName }: AuditSeen): string =>
  actorName === undefined ? (actors[actorId] ?? 'Somebody') : inMarkup(nameOf(actorName));

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** What was done, in a line; what a newer or older version noted says so. */
export function deedInWords(entry: AuditSeen): string {
  const { what, detail, actorId, aboutName, aboutId } = entry;
  const whom = aboutName === undefined ? (aboutId ?? 'somebody') : inMarkup(nameOf(aboutName));
  switch (what) {
    case 'settings_changed':
      return `changed settings: ${labels(detail['keys'])}`;
    case 'cadence_changed':
      return `changed when the 1:1s with ${whom} are`;
    case 'people_imported':
      return `imported people: ${number(detail['added'])} added, ${number(detail['updated'])} changed`;
    case 'person_changed':
      return `changed what is kept about ${whom} as a member`;
    case 'roles_changed':
      return `changed the roles of ${whom}`;
    case 'manager_changed':
      return `changed the manager of ${whom}`;
    case 'exported':
      return aboutId === undefined
        ? 'exported measures, which name nobody'
        : aboutId === actorId
          ? 'got a copy of what is kept about them'
          : `exported what is kept about ${whom}${detail['formal'] === true ? ', on a formal request' : ''}`;
    case 'copy_asked':
      return 'asked for a copy of what is kept about them';
    case 'copy_handed_over':
      return `said that ${whom} has their copy`;
    case 'erasure_asked':
      return 'asked to be erased';
    case 'erasure_called_off':
      return 'called the erasure off';
    case 'erased':
      return 'erased a person';
    case 'messages_deleted': {
      const left = number(detail['refused']);
      const said = `deleted messages to people who were erased: ${number(detail['deleted'])}`;
      return left === 0 ? said : `${said}; Slack refused ${left}, which stay`;
    }
    case 'texts_expired':
      return `removed texts older than ${number(detail['months'])} months: ${number(detail['rows'])} records`;
    case 'started':
      return detail['pilot'] === true ? 'started Sideline, for a pilot group' : 'started Sideline';
    case 'paused':
      return 'paused Sideline';
    case 'resumed':
      return 'resumed Sideline';
    case 'installed':
      return 'installed Sideline';
    case 'uninstalled':
      return 'removed Sideline from Slack';
    case 'keys_rotated':
      return 'encrypted the tokens anew';
    case 'refused':
      return `was refused: ${inMarkup(String(detail['action'] ?? 'something').replaceAll(/[._]/g, ' '))}${aboutId === undefined ? '' : `, about ${whom}`}`;
    default:
      return 'did something that this version does not know';
  }
}

function labels(keys: unknown): string {
  if (!Array.isArray(keys)) return 'several';
  const found = keys.map((key) => settingsFields.find((field) => field.key === key)?.label ?? String(key));
  return inMarkup([...new Set(found)].join(', '));
}
