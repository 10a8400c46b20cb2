/** What the method teaches: a workspace may call the three otherwise, the mechanics stay. */
export const pillars = ['teach', 'tailor', 'takeControl'] as const;
export type Pillar = (typeof pillars)[number];

/** One value for each pillar. */
export function perPillar<T>(value: (pillar: Pillar) => T): Record<Pillar, T> {
  return { teach: value('teach'), tailor: value('tailor'), takeControl: value('takeControl') };
}
