import fc from 'fast-check';

// Left to itself, fast-check makes lists of about ten, and a rate would hardly ever come about.
const size = 'max';

export const many = <Row>(row: fc.Arbitrary<Row>, maxLength = 40): fc.Arbitrary<Row[]> =>
  fc.array(row, { maxLength, size });

/** The same rows twice, in two orders. */
export function shuffled<Row>(row: fc.Arbitrary<Row>): fc.Arbitrary<{ one: Row[]; other: Row[] }> {
  return many(row).chain((one) =>
    fc.shuffledSubarray(one, { minLength: one.length }).map((other) => ({ one, other })),
  );
}

/** At most one row for each key, as a table with that key has. */
export function unique<Row>(row: fc.Arbitrary<Row>, keyOf: (row: Row) => string, maxLength = 40) {
  return fc.uniqueArray(row, { selector: keyOf, maxLength, size });
}
