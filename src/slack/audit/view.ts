export const ids = {
  modal: 'audit.modal',
  open: 'audit.open',
  /** Button: what was done before the entry in its value. */
  earlier: 'audit.earlier',
} as const;

export const title = 'Audit trail';
