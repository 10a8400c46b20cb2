import { describe, expect, test } from 'vitest';
import { type Action, mayDo } from '#domain/action.ts';
import { type Relation, relations } from '#domain/relation.ts';
import { readTable } from './read-table.ts';

const cells = readTable<Action, Relation, 'yes' | '-'>(`
                             | self | manager | managers_manager | stand_in | enablement | admin | peer
  log_one_on_one             | -    | yes     | -                | yes      | -          | -     | -
  prepare_one_on_one         | yes  | -       | -                | -        | -          | -     | -
  log_debrief                | -    | yes     | -                | yes      | -          | -     | -
  request_observation        | yes  | -       | -                | -        | -          | -     | -
  review_own_call            | yes  | -       | -                | -        | -          | -     | -
  answer_debrief             | yes  | -       | -                | -        | -          | -     | -
  assign_practice            | -    | yes     | -                | yes      | -          | -     | -
  verify_practice            | -    | yes     | -                | yes      | -          | -     | -
  reflect_practice           | yes  | -       | -                | -        | -          | -     | -
  answer_check_in_as_rep     | yes  | -       | -                | -        | -          | -     | -
  answer_check_in_as_manager | -    | yes     | -                | yes      | -          | -     | -
  certify                    | -    | yes     | -                | -        | -          | -     | -
  run_programme              | -    | -       | -                | -        | yes        | -     | -
  change_settings            | -    | -       | -                | -        | yes        | yes   | -
  choose_digest              | -    | -       | -                | -        | yes        | -     | -
  start_workspace            | -    | -       | -                | -        | yes        | yes   | -
  set_slot                   | -    | yes     | -                | -        | -          | -     | -
  set_absence                | yes  | -       | -                | -        | -          | -     | -
  excuse_occurrence          | yes  | -       | -                | -        | -          | -     | -
  snooze_occurrence          | yes  | -       | -                | -        | -          | -     | -
  report_time                | yes  | -       | -                | -        | -          | -     | -
  see_preview                | -    | -       | -                | -        | yes        | yes   | -
  manage_people              | -    | -       | -                | -        | yes        | yes   | -
  correct_team               | -    | yes     | -                | -        | -          | -     | -
  mark_away                  | -    | yes     | -                | -        | yes        | yes   | -
  erase_people               | -    | -       | -                | -        | yes        | yes   | -
  see_audit                  | -    | -       | -                | -        | yes        | yes   | -
`);

test('the table has every relation for every action', () => {
  expect(cells.map(({ column }) => column)).toEqual(Array(27).fill(relations).flat());
});

describe('what one relation allows', () => {
  test.each(cells)('$row by $column: $cell', ({ row, column, cell }) => {
    expect(mayDo([column], row)).toBe(cell === 'yes');
  });
});

test('one relation that allows is enough, whatever else holds', () => {
  for (const { row, column, cell } of cells) {
    if (cell === 'yes') expect(mayDo([...relations].reverse(), row)).toBe(true);
    const others = relations.filter((one) =>
      cells.every((other) => other.row !== row || other.column !== one || other.cell === '-'),
    );
    expect(mayDo(others, row), `${row} by ${column}`).toBe(false);
  }
});

test('whoever is nothing to somebody may do nothing', () => {
  for (const { row } of cells) expect(mayDo([], row)).toBe(false);
});
