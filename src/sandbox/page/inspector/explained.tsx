import type { Explanation } from '../../page-server/protocol.ts';
import { usePlace } from '../data/place.ts';
import { useResource } from '../data/resource.ts';

/** The ledger row behind a message, and why it was sent. */
export function Explained({ message }: { message: { channel: string; ts: string } | null }) {
  const { world } = usePlace();
  const path =
    message === null || !world.has.explain ? null : `/page/explain?${new URLSearchParams({ ...message })}`;
  const explanation = useResource<Explanation | null>(path, ({ kind }) => kind === 'message');
  if (!world.has.explain) return <p class="inspector-empty">This sandbox keeps no reasons yet.</p>;
  if (message === null) {
    return (
      <p class="inspector-empty">
        Choose “Why was this sent?” in the menu at the corner of a message to see the ledger row behind it and
        the rule that sent it.
      </p>
    );
  }
  if (explanation === undefined) return <p class="inspector-empty">Loading…</p>;
  if (explanation === null) {
    return (
      <p class="inspector-empty">
        No row of the ledger is behind this message: a person wrote it, or it answers what somebody just did.
      </p>
    );
  }
  return (
    <div class="explained">
      <h3>Why</h3>
      <ul class="reasons">
        {explanation.why.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <h3>In the ledger</h3>
      <dl class="ledger">
        {explanation.rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
