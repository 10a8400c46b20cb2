import { access } from '#domain/access.ts';
import { fieldsToSet, type PersonFieldName, type PersonFields } from '#domain/person-fields.ts';
import type { Relation } from '#domain/relation.ts';
import type { Member } from '#storage/members.ts';

export const fieldsOf = (member: Member, managerId: string | undefined): PersonFields => ({
  roles: member.roles,
  managerId: managerId ?? null,
  segment: member.segment,
  wave: member.wave,
  startDate: member.startDate,
  country: member.country,
  workingDays: member.workingDays,
  workStarts: member.workStarts,
  workEnds: member.workEnds,
});

export const settableBy = (relations: readonly Relation[]): PersonFieldName[] =>
  fieldsToSet(relations, access(relations, 'tier'));
