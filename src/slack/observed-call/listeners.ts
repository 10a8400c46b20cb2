import type { Feature } from '../feature.ts';
import {
  pressedAnswer,
  pressedGotAnswer,
  pressedGotDeclined,
  pressedGotShared,
  pressedReview,
  saveAnswer,
  saveReview,
  typedAnswer,
} from './answering.ts';
import { observedCallHome } from './home.ts';
import { answeredRows, sharedRows } from './notes.ts';
import {
  observe,
  pressedChange,
  pressedMore,
  pressedObserve,
  pressedObservePlan,
  pressedWithdraw,
  save,
} from './observing.ts';
import { declinedRows, plannedRows, requestedRows } from './plan-notes.ts';
import {
  pressedAccept,
  pressedChangePlan,
  pressedDecline,
  pressedDrop,
  pressedPlan,
  savePlan,
  saveRequest,
  watch,
} from './planning.ts';
import { observedCallRows } from './rows.ts';
import { ids } from './view.ts';

/** Calls that a manager listens to: planned or asked for, written about, shared and answered. */
export const observedCall: Feature = {
  name: 'observed call',
  help: [
    {
      usage: '/coach observe @name',
      does: 'write after a call: what worked, one moment to replay',
      for: ['manager'],
      example: '/coach observe @Sam',
      more: 'Your rep gets what worked, the moment and what was seen, on a card, and can answer. A private note stays with you. Only a call followed live counts for the month.',
      button: 'Write after a call',
    },
    {
      usage: '/coach watch',
      does: 'ask your manager to listen to a call of yours',
      for: ['rep'],
      example: '/coach watch',
      more: 'Your manager sees which call it is and what to look for, and nobody else does.',
      button: 'Ask to be listened to',
    },
  ],
  commands: { observe, watch },
  actions: {
    [ids.observe]: pressedObserve,
    [ids.observePlan]: pressedObservePlan,
    [ids.change]: pressedChange,
    [ids.more]: pressedMore,
    [ids.withdraw]: pressedWithdraw,
    [ids.plan]: pressedPlan,
    [ids.changePlan]: pressedChangePlan,
    [ids.accept]: pressedAccept,
    [ids.decline]: pressedDecline,
    [ids.drop]: pressedDrop,
    [ids.review]: pressedReview,
    [ids.answer]: pressedAnswer,
    [ids.readShared]: pressedGotShared,
    [ids.readAnswer]: pressedGotAnswer,
    [ids.readDeclined]: pressedGotDeclined,
  },
  submissions: {
    [ids.modal]: save,
    [ids.planModal]: savePlan,
    [ids.requestModal]: saveRequest,
    [ids.reviewModal]: saveReview,
    [ids.answerModal]: saveAnswer,
  },
  typed: typedAnswer,
  rows: { observed_call: observedCallRows },
  notes: {
    debrief_shared: sharedRows,
    debrief_answered: answeredRows,
    watch_requested: requestedRows,
    watch_declined: declinedRows,
    call_planned: plannedRows,
  },
  home: observedCallHome,
};
