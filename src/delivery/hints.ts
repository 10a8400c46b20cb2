/** Nobody notices that an edit begins so much later, and of hundreds of forms a second few hint. */
const rest = 50;

/**
 * The first hint to a workspace goes at once, so that a press is answered at once. What comes while it rests goes after
 * it as one: each hint would make the drain look anew, and costs the database what it costs to save a form.
 */
export function sparingly(hint: (workspaceId: string) => void): (workspaceId: string) => void {
  /** Whether anybody has hinted meanwhile. */
  const resting = new Map<string, boolean>();
  const sparing = (workspaceId: string): void => {
    if (resting.has(workspaceId)) {
      resting.set(workspaceId, true);
      return;
    }
    resting.set(workspaceId, false);
    hint(workspaceId);
    const end = (): void => {
      const again = resting.get(workspaceId) === true;
      resting.delete(workspaceId);
      if (again) sparing(workspaceId);
    };
    // A process that ends meanwhile takes a hint with it; the next tick repeats it.
    setTimeout(end, rest).unref();
  };
  return sparing;
}
