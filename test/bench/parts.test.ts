import { expect, inject, test } from 'vitest';
import { databasesOn } from '../../bench/databases.ts';
import { judge } from '../../bench/figures.ts';
import { parts } from '../../bench/parts.ts';

/** Not how fast it is, which takes a quiet machine and minutes, but that every part still measures. */
test.each(Object.entries(parts))('the benchmark of %s runs, over next to nothing', async (name, part) => {
  const databases = databasesOn(inject('postgresUrl'));
  const figures = (await part(databases, 'smoke')).map((figure) => judge(name, figure));
  expect(figures.length).toBeGreaterThan(0);
  for (const figure of figures) {
    expect(figure.value, figure.what).toBeGreaterThan(0);
    if (figure.against !== undefined) expect(figure.against.value, figure.what).toBeGreaterThan(0);
    if (figure.aim !== undefined) expect(figure.met, figure.what).toBeTypeOf('boolean');
    if (figure.ratio !== undefined) expect(figure.ratio, figure.what).toBeGreaterThan(0);
  }
});
