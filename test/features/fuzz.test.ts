import { expect, test } from 'vitest';
import { importFiles, readFiles } from '#test/fuzz/people-files.ts';
import { randomOf } from '#test/fuzz/random.ts';
import { startFuzz } from '#test/fuzz/run.ts';

/** The short form of `npm run fuzz`: always the same payloads, after the first forms. */
test('forged payloads and people files break nothing, write nothing and tell nothing without right', async () => {
  const fuzz = await startFuzz({ database: 'embedded', forms: 16 });
  try {
    const count = await fuzz.run(600, randomOf(7));
    const { crashes, errors, writtenWithoutRight, told } = count;
    expect({ crashes, errors: [...errors], writtenWithoutRight, told }).toEqual({
      crashes: [],
      errors: [],
      writtenWithoutRight: [],
      told: [],
    });
    // Both what is taken and what is turned away is among them.
    expect(count.statuses['200']).toBeGreaterThan(300);
    expect(count.statuses['400']).toBeGreaterThan(30);
    expect((await readFiles(300, randomOf(7))).thrown).toEqual([]);
    expect((await importFiles(fuzz.world, 5, randomOf(7))).thrown).toEqual([]);
  } finally {
    await fuzz.close();
  }
});
