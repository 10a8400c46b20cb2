import type { CadenceTable } from './cadence.ts';
import type { CommitmentTable } from './commitment.ts';
import type { DeliveryOccurrenceTable, DeliveryTable } from './delivery.ts';
import type { MemberTable } from './member.ts';
import type { EditTable, MessageTable } from './message.ts';
import type { OccurrenceTable } from './occurrence.ts';
import type { OneOnOneLogRevisionTable, OneOnOneLogTable } from './one-on-one-log.ts';
import type { PreparationTable } from './preparation.ts';
import type { ReportingTable } from './reporting.ts';
import type { SeenEventTable } from './seen-event.ts';
import type { SettingTable } from './setting.ts';
import type { SlackLimitTable } from './slack-limit.ts';
import type { WorkspaceTable } from './workspace.ts';

export interface Tables {
  workspace: WorkspaceTable;
  member: MemberTable;
  reporting: ReportingTable;
  cadence: CadenceTable;
  occurrence: OccurrenceTable;
  delivery: DeliveryTable;
  delivery_occurrence: DeliveryOccurrenceTable;
  message: MessageTable;
  edit: EditTable;
  slack_limit: SlackLimitTable;
  one_on_one_log: OneOnOneLogTable;
  one_on_one_log_revision: OneOnOneLogRevisionTable;
  commitment: CommitmentTable;
  preparation: PreparationTable;
  seen_event: SeenEventTable;
  setting: SettingTable;
}
