import type { DebriefContent } from '#storage/debriefs.ts';

export const debriefContent: DebriefContent = {
  heldOn: '2026-03-01',
  followed: 'live',
  account: 'Acme',
  worked: 'The number came first.',
  moment: 'At minute 12 the price came up.',
  seen: { teach: 'unasked', tailor: 'not_watched', takeControl: 'not_seen' },
  secondStrength: null,
  focusArea: null,
  callType: 'discovery',
  buyers: null,
  minutes: 45,
  link: null,
  learnings: ['problem', 'why_now'],
  questions: { situation: 3 },
  buyerTalk: null,
  pitchMinute: null,
  practiceItemId: null,
  followUpOn: null,
  privateNote: null,
};
