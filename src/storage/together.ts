/**
 * All of them, as Promise.all has it; but where one fails, the others are over, too, before it is told: inside a
 * transaction nothing may be left running that would ask after its end.
 */
export async function together<const Some extends readonly unknown[]>(
  some: Some,
): Promise<{ -readonly [Index in keyof Some]: Awaited<Some[Index]> }> {
  await Promise.allSettled(some);
  return Promise.all(some);
}
