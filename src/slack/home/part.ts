import type { KnownBlock } from '@slack/web-api';
import type { Settings } from '#domain/settings.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';

/** Whose Home is made, for whom. */
export interface HomeRequest {
  trx: Trx;
  workspaceId: string;
  person: Member;
  now: number;
  settings: Settings;
  /** Who looks at it, where that is not the person: it has no buttons then, and only what they may see. */
  viewerId: string | undefined;
}

/** Where on Home something stands: what is one's own, what concerns the team, what concerns everybody. */
export const places = ['own', 'team', 'workspace'] as const;
export type Place = (typeof places)[number];
export type HomeSections = Partial<Record<Place, KnownBlock[]>>;

export type HomePart = (request: HomeRequest) => Promise<HomeSections>;
