/** What of another person's record somebody can open. */
export const openedResources = [
  'one_on_one',
  'debrief',
  'certification',
  'practice',
  'programme',
  'check_in',
  'baseline',
  'messages',
  'home',
  'person',
  'everything',
] as const;
export type OpenedResource = (typeof openedResources)[number];

/** By which way. */
export type Opening = 'form' | 'history' | 'list' | 'look' | 'export' | 'operator';
