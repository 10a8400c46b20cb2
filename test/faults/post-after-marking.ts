import pg from 'pg';
import type { PostOutcome } from '#delivery/outcome.ts';
import { type Post, postMessage as post } from '#delivery/post.ts';
import type { ReplicaSettings } from './messages.ts';

const { databaseUrl } = JSON.parse(process.env['FAULTS_REPLICA'] ?? '{}') as ReplicaSettings;
const owner = new pg.Pool({ connectionString: databaseUrl, max: 4 });

/** Written down as delivered first and posted afterwards: nothing can come twice, and what fails is gone. */
export async function postMessage(one: Post): Promise<PostOutcome> {
  if (!one.mayStillPost()) return { kind: 'released' };
  const { event_payload: payload } = one.body['metadata'] as { event_payload: { key: string } };
  await owner.query(
    `update delivery set state = 'delivered', last_answer = 'ok', settled_at = now() where post_key = $1`,
    [payload.key],
  );
  return post(one);
}
