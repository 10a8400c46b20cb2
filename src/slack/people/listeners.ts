import type { CommandRequest, Feature, Reply } from '../feature.ts';
import { openModal } from '../modal.ts';
import { asTyped, mentionedUsers } from '../text.ts';
import { pressedAdd, saveAdd } from './add.ts';
import { pressedAway, saveAway } from './away-form.ts';
import { pressedChangeChosen, previewBulk, saveBulk } from './bulk.ts';
import { editContent, pressedEdit, pressedEndAbsence, saveEdit, saveMove } from './edit.ts';
import { listContent, redraw, search, toFirst } from './list.ts';
import { firstPage, ListState, longestText, type ListState as State } from './state.ts';
import { ids, titles } from './view.ts';

/** `/coach people`: who is in Sideline, for whoever manages them; a manager's own team. */
export const people: Feature = {
  name: 'people',
  help: [
    {
      usage: '/coach people [name]',
      does: 'look through people; change roles, managers, working time, who is away',
      for: ['enablement', 'admin', 'manager'],
      example: '/coach people sam',
      more: 'Enablement and admins see everybody, a manager their team. Segment and wave are shown to enablement, and to managers of their own reports. Each change is in the audit trail.',
      button: 'People',
    },
  ],
  commands: { people: open },
  actions: {
    [ids.search]: (request) => redraw(request, toFirst),
    [ids.who]: (request) => redraw(request, (state) => ({ ...toFirst(state), who: whoIn(request.value) })),
    [ids.segment]: (request) =>
      redraw(request, (state) => ({ ...toFirst(state), ...readTier('segment', request.value) })),
    [ids.wave]: (request) =>
      redraw(request, (state) => ({ ...toFirst(state), ...readTier('wave', request.value) })),
    [ids.next]: (request) =>
      redraw(request, (state) => ({ ...toFirst(state), ...endIn('after', request.value) })),
    [ids.previous]: (request) =>
      redraw(request, (state) => ({ ...toFirst(state), ...endIn('before', request.value) })),
    [ids.choose]: (request) => redraw(request, (state) => ({ ...state, choosing: true })),
    [ids.chooseAll]: (request) =>
      redraw(request, (state) => ({
        ...state,
        chosen: [...new Set([...state.chosen, ...state.shown])],
        round: state.round + 1,
      })),
    [ids.stopChoosing]: (request) =>
      redraw(request, (state) => ({ ...state, choosing: false, chosen: [], round: state.round + 1 })),
    [ids.changeChosen]: pressedChangeChosen,
    [ids.edit]: pressedEdit,
    [ids.away]: pressedAway,
    [ids.endAbsence]: pressedEndAbsence,
    [ids.add]: pressedAdd,
  },
  submissions: {
    [ids.list]: search,
    [ids.editModal]: saveEdit,
    [ids.moveModal]: saveMove,
    [ids.awayModal]: saveAway,
    [ids.bulkModal]: previewBulk,
    [ids.bulkConfirm]: saveBulk,
    [ids.addModal]: saveAdd,
  },
};

function open(request: CommandRequest): Promise<Reply> {
  const [mentioned, ...others] = mentionedUsers(request.rest);
  if (mentioned !== undefined && others.length === 0) {
    return openModal(
      request,
      { callbackId: ids.editModal, title: 'One moment' },
      editContent(request, mentioned),
    );
  }
  const text = asTyped(request.rest).trim().replace(/^@/, '').slice(0, longestText);
  return openModal(
    request,
    { callbackId: ids.list, title: titles.all },
    listContent(request, { ...firstPage, text }),
  );
}

const whoIn = (value: string): State['who'] => ListState.shape.who.catch('all').parse(value);

const readTier = (which: 'segment' | 'wave', value: string): Partial<State> => ({
  [which]: value === 'any' ? undefined : value,
});

/** What a button says that is none of ours leads to the first page. */
function endIn(which: 'after' | 'before', value: string): Partial<State> {
  const end = ListState.shape.after.catch(undefined).parse(parsed(value));
  return end === undefined ? {} : { [which]: end };
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // Not ours, so that it stands for nothing.
    return undefined;
  }
}
