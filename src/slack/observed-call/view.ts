export const ids = {
  /** Buttons: write about a call of the rep, about the plan, or anew about the debrief in the value. */
  observe: 'observed_call.observe',
  observePlan: 'observed_call.observe_plan',
  change: 'observed_call.change',
  more: 'observed_call.more',
  withdraw: 'observed_call.withdraw',
  modal: 'observed_call.modal',
  /** Plan to listen to a call of the rep in the value. */
  plan: 'observed_call.plan',
  planModal: 'observed_call.plan_modal',
  /** Another day for the plan in the value. */
  changePlan: 'observed_call.change_plan',
  /** About the plan in the value. */
  accept: 'observed_call.accept',
  decline: 'observed_call.decline',
  drop: 'observed_call.drop',
  review: 'observed_call.review',
  reviewModal: 'observed_call.review_modal',
  requestModal: 'observed_call.request_modal',
  /** About the debrief in the value. */
  answer: 'observed_call.answer',
  answerModal: 'observed_call.answer_modal',
  readShared: 'observed_call.read_shared',
  readAnswer: 'observed_call.read_answer',
  /** About the declined request in the value. */
  readDeclined: 'observed_call.read_declined',
} as const;
