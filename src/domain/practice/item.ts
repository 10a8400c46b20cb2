import type { Pillar } from '../pillar.ts';

export const skills = [
  'discovery',
  'reframing',
  'business_case',
  'stakeholders',
  'qualification',
  'objections',
  'pricing',
  'next_step',
  'executive_presence',
  'negotiation',
] as const;
export type Skill = (typeof skills)[number];

export const skillNames: Record<Skill, string> = {
  discovery: 'Discovery',
  reframing: 'Reframing',
  business_case: 'Business case',
  stakeholders: 'Stakeholders',
  qualification: 'Qualification',
  objections: 'Objections',
  pricing: 'Pricing',
  next_step: 'Closing and next step',
  executive_presence: 'Executive presence',
  negotiation: 'Negotiation',
};

export interface PracticeItem {
  /** Kept for ever, since rows and logs name it. */
  id: string;
  pillar: Pillar;
  skill: Skill;
  title: string;
  /** What happens on a call. */
  situation: string;
  /** One behaviour that somebody else could see or hear. */
  task: string;
  reflection: string;
}
