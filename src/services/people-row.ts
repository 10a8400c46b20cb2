import { z } from 'zod';
import { hasHolidays } from '#domain/holidays.ts';
import { type Role, roles, type Segment, segments } from '#domain/people.ts';

export interface PersonRow {
  line: number;
  slackUserId: string | undefined;
  email: string | undefined;
  roles: Role[];
  /** Id or email of the manager, as written. */
  manager: string | undefined;
  segment: Segment | undefined;
  wave: number | undefined;
  startDate: string | undefined;
  country: string | undefined;
}

const empty = z.literal('').transform(() => undefined);
const lower = (text: string): string => text.toLowerCase();

/** One row of the people file, its cells as text. */
export const RowSchema = z.object({
  slack_user_id: empty.or(z.string().regex(/^[UW][A-Z0-9]{2,}$/, 'slack_user_id must look like U0123ABCD')),
  email: empty.or(z.email('email is not an address').transform(lower)),
  role: z
    .string()
    .min(1, `role is empty: give one of ${roles.join(', ')}, several joined by +`)
    .transform((text, check) => {
      const given = [...new Set(text.split('+').map((one) => one.trim().toLowerCase()))];
      const unknown = given.filter((one) => !isRole(one));
      if (unknown.length > 0) {
        check.addIssue(
          `role "${unknown.join('+')}" is not known: use ${roles.join(', ')}, several joined by +`,
        );
      }
      return given.filter(isRole);
    }),
  manager: empty.or(z.string()),
  segment: empty.or(
    z
      .string()
      .transform(lower)
      .pipe(z.enum(segments, { error: `segment must be one of ${segments.join(', ')} or empty` })),
  ),
  wave: empty.or(
    z
      .string()
      .regex(/^[1-4]$/, 'wave must be 1, 2, 3, 4 or empty')
      .transform(Number),
  ),
  start_date: empty.or(z.iso.date('start_date must be a date such as 2026-03-02, or empty')),
  country: empty.or(
    z
      .string()
      .regex(/^[A-Z]{2}$/, { error: 'country must be two capital letters such as DE, or empty', abort: true })
      .refine(hasHolidays, {
        error: ({ input }) =>
          `the public holidays of country ${input} are not known: give the code of another, such as GB, or leave it empty`,
      }),
  ),
});

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

/** Of "empty or something", only what is wrong with the something is worth saying. */
export function rowProblem(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const last = issue.errors.at(-1)?.[0];
  return last === undefined ? issue.message : rowProblem(last);
}
