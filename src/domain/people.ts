export const roles = ['rep', 'manager', 'enablement', 'admin'] as const;
export type Role = (typeof roles)[number];

export const segments = ['star', 'core', 'low'] as const;
export type Segment = (typeof segments)[number];

export type MemberStatus = 'active' | 'deactivated' | 'guest' | 'bot';

/** Deactivated people, guests and bots never get a message; their past work stays in every rate. */
export function mayBeMessaged(status: MemberStatus): boolean {
  return status === 'active';
}
