import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { PracticeAssignmentTable } from '#storage/schema/practice-assignment.ts';
import type { PracticeReviewTable } from '#storage/schema/practice-review.ts';
import { managerOf, now, reps, workspaceId } from './measured-team.ts';

export interface Reviewed {
  rep: string;
  occurrence: string;
  late: boolean;
}

const assignmentIds = reps.map(() => randomUUID());

export function assignmentOf(rep: string): Insertable<PracticeAssignmentTable> {
  return {
    workspace_id: workspaceId,
    assignment_id: assignmentIds[reps.indexOf(rep)],
    rep_id: rep,
    title: 'Price',
    task: 'Ask what it is compared with.',
    assigned_by: managerOf(rep),
    assigned_at: new Date(now),
    first_due_on: '2026-01-26',
  } as Insertable<PracticeAssignmentTable>;
}
export function reviewOf({ rep, occurrence, late }: Reviewed): Insertable<PracticeReviewTable> {
  return {
    workspace_id: workspaceId,
    review_id: randomUUID(),
    assignment_id: assignmentIds[reps.indexOf(rep)],
    occurrence_id: occurrence,
    rep_id: rep,
    reflected_on: '2026-03-05',
    reflected_at: new Date(now),
    reflection: 'did_it',
    sentence: 'I asked.',
    late,
  } as Insertable<PracticeReviewTable>;
}
