import { afterAll, beforeAll, expect, test } from 'vitest';
import { importFiles, readFiles } from './people-files.ts';
import { chooseSeed, randomOf } from './random.ts';
import { type Fuzz, startFuzz } from './run.ts';

const payloads = Number(process.env['FUZZ_PAYLOADS'] ?? 100_000);
const seed = chooseSeed();

let fuzz: Fuzz;
beforeAll(async () => {
  fuzz = await startFuzz({ database: 'postgres', forms: Number.POSITIVE_INFINITY });
}, 300_000);
afterAll(() => fuzz.close());

test('forged payloads break nothing, write nothing and tell nothing without right', async () => {
  const count = await fuzz.run(payloads, randomOf(seed));
  const { crashes, errors, writtenWithoutRight, told, heap, statuses, seconds } = count;
  console.table({
    payloads,
    seconds,
    ...statuses,
    seeds: fuzz.seeds.length,
    crashes: crashes.length,
    errors: errors.size,
    'rows written without right': writtenWithoutRight.length,
    'told without right': told.length,
    'heap at a tenth, MB': heap[0],
    'heap at the end, MB': heap[1],
  });
  expect({ crashes, errors: [...errors], writtenWithoutRight, told }).toEqual({
    crashes: [],
    errors: [],
    writtenWithoutRight: [],
    told: [],
  });
  expect(heap[1]).toBeLessThan(heap[0] * 1.25 + 20);
});

test('people files are read or refused, whatever is in them', async () => {
  const read = await readFiles(20_000, randomOf(seed));
  const imported = await importFiles(fuzz.world, 300, randomOf(seed));
  const { thrown: atReading, ...figures } = read;
  const { thrown: atImport, ...ofImport } = imported;
  console.table({ read: figures, imported: ofImport });
  expect([...atReading, ...atImport]).toEqual([]);
});
