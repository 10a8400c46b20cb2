import type { NoteFacts } from '#storage/card.ts';
import { currentSettings } from '#storage/settings.ts';
import type { CardRow, NoteRows } from '../card/row.ts';
import { ids } from './view.ts';
import { weekdayName } from './words.ts';

/** An offer, once: it asks for nothing that is missing, so on a card it is never what the headline counts. */
export const slotNotes: NoteRows = async ({ trx, workspaceId, on }, facts) => {
  const { oneOnOneWeekday, oneOnOneTime } = await currentSettings(trx, workspaceId);
  const when = `${weekdayName(oneOnOneWeekday)} ${oneOnOneTime}`;
  return new Map(facts.map((one) => [one.noteId, rowOf(one, when, on === 'home')]));
};

function rowOf({ settledAt }: NoteFacts, when: string, onHome: boolean): CardRow {
  const open = settledAt === null;
  return {
    open: open && onHome,
    later: false,
    text: open
      ? [{ bold: 'Your 1:1s' }, ` are all on ${when} until you choose other times.`]
      : [{ bold: 'Your 1:1s' }, ' are on the days you set.'],
    ...(open
      ? {
          act: {
            label: 'Set the days',
            actionId: ids.open,
            value: 'all',
            describes: 'Set the days and times of your 1:1s',
          },
        }
      : {}),
    movable: false,
    counted: ['offer', 'offers'],
    alone: `Your 1:1s are all on ${when} until you choose other times.`,
  };
}
