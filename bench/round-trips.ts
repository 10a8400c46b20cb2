import pg from 'pg';

let counted = 0;

/** Statements that the product has sent so far, BEGIN and COMMIT among them: each waits for its answer. */
export function roundTrips(): number {
  return counted;
}

/** Of the product's own connections alone; the queue's have another name. */
export function countRoundTrips(): void {
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function query(this: pg.Client, ...given: unknown[]) {
    const { connectionParameters } = this as unknown as {
      connectionParameters: { application_name?: string };
    };
    if (connectionParameters.application_name === 'sideline') counted += 1;
    return Reflect.apply(original, this, given);
  } as typeof original;
}
