/** What somebody has taken care of while setting up, where nothing else shows it. */
export interface SetUpStepTable {
  workspace_id: string;
  step: 'defaults' | 'digest' | 'preview' | 'closed';
  at: Date;
}
