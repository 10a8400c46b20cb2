import type { KnownBlock, ModalView } from '@slack/web-api';
import type { PersonWeek, PreviewRow } from '#services/preview-week.ts';
import type { StartView } from '#services/view-start.ts';
import { whoSees } from '../form.ts';
import { holidayInWords } from '../holiday-words.ts';
import { plain, richText } from '../rich-text.ts';
import { firstNameOf, nameOf } from '../text.ts';
import { ids, preview } from './view.ts';
import { momentOf } from './words.ts';

const rowsShown = 15;

/** One person's first week, message by message, in their own time. */
export function weekModal(
  { person, messages, holidays }: PersonWeek,
  { nameOf: name }: StartView,
): ModalView {
  const blocks = messages.map((message): KnownBlock => {
    const shown = message.rows.slice(0, rowsShown).map((row) => `\n${rowInWords(row, person, name)}`);
    const rest = message.rows.length > rowsShown ? [`\nand ${message.rows.length - rowsShown} more`] : [];
    const kind = message.kind === 'card' ? 'the card of the day' : 'one prompt';
    return richText({ bold: momentOf(message.at, person.timeZone) }, `, ${kind}`, ...shown, ...rest);
  });
  return {
    type: 'modal',
    callback_id: ids.weekModal,
    title: plain(`${firstNameOf(person.name, 10)}'s first week`),
    close: plain('Not now'),
    blocks: [
      ...holidays.map((one) => richText(`${holidayInWords(one)}: nothing is sent.`)),
      ...(blocks.length === 0 ? [richText('Nothing in the next seven days.')] : blocks),
      whoSees(
        `Times are ${firstNameOf(person.name)}'s own. At most this: what is done in time is not asked again. Nothing of it is sent yet.`,
      ),
    ],
  };
}

function rowInWords(
  { kind, aboutId, dueAt }: PreviewRow,
  person: PersonWeek['person'],
  name: (id: string) => string,
): string {
  const other = aboutId === person.id ? undefined : nameOf(name(aboutId), 60);
  const due = dueAt === null ? '' : `, ${momentOf(dueAt, person.timeZone)}`;
  switch (kind) {
    case 'one_on_one':
      return other === undefined ? `a question before their 1:1${due}` : `1:1 with ${other}${due}`;
    case 'observed_call':
      return `a call of ${other ?? 'theirs'} to listen to this month`;
    case 'check_in':
      return other === undefined ? 'a check-in after training' : `a check-in on ${other}`;
    case 'commitment':
      return `what came of ${other === undefined ? 'their' : `${other}'s`} one thing to try`;
    case 'practice':
      return 'a practice item';
    case 'time_report':
      return 'how their week went';
    case 'note':
      return 'something new on the card';
  }
}

/** The week ahead, where it runs already: the same preview, with nothing to start. */
export function previewModal(view: StartView): ModalView {
  const chosen = { who: view.pilot === undefined ? 'all' : 'pilot', managers: view.pilot ?? [] } as const;
  return {
    type: 'modal',
    callback_id: ids.weekModal,
    title: plain('The week ahead'),
    close: plain('Not now'),
    private_metadata: JSON.stringify(chosen.who === 'pilot' ? { pilot: view.pilot } : {}),
    blocks: [
      ...preview(view, chosen),
      whoSees('Enablement and admins see this page; everybody sees only what they get themselves.'),
    ],
  };
}
