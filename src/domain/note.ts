/** What a card says once, beside the duties: nobody's rate knows of it, but it may ask for something. */
export const noteKinds = [
  /** To a manager none of whose pairs has a slot of its own: set them all at once. */
  'set_slots',
  /** To the rep: what the manager shared after a call. */
  'debrief_shared',
  /** To the manager: what the rep answered to it. */
  'debrief_answered',
  /** To the manager: a rep would like this call to be watched. */
  'watch_requested',
  /** To the rep: not this one. */
  'watch_declined',
  /** To manager and rep: a call that will be listened to; after its day, how did it go? */
  'call_planned',
  /** To the manager: a rep has reflected on a practice item; was it seen? */
  'practice_to_verify',
  /** To the rep: certified, or what is missing. */
  'certification_result',
  /** To the rep: a certificate had been given by mistake. */
  'certificate_withdrawn',
  /** To a rep or their manager: a programme begins; the questions before it. */
  'baseline',
  /** To enablement: Slack would not take the digest. */
  'digest_trouble',
] as const;
export type NoteKind = (typeof noteKinds)[number];
