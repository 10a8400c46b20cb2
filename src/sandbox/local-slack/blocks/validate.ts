import type { z } from 'zod';
import { anyView, message } from './payloads.ts';
import { linesOf, problemsOf } from './problems.ts';
import { isRecord } from './record.ts';
import { surfaceProblems } from './surface-rules.ts';
import type { Surface } from './surfaces.ts';

/** Problems of a message payload by Slack's rules; empty when Slack would accept it. */
export function validateMessage(payload: { text?: unknown; blocks?: unknown }): string[] {
  return validate(message, 'message', payload);
}

/** Problems of a modal or Home view by Slack's rules; empty when Slack would accept it. */
export function validateView(view: unknown): string[] {
  return validate(anyView, isRecord(view) && view['type'] === 'home' ? 'home' : 'modal', view);
}

function validate(schema: z.ZodType, surface: Surface, payload: unknown): string[] {
  const { error } = schema.safeParse(payload, { reportInput: true });
  const problems = [...(error ? problemsOf(error) : []), ...surfaceProblems(surface, payload)];
  return linesOf(problems, surface === 'message' ? 'message' : 'view');
}
