/** FAULTS_SEED, so that a run can be repeated: the same faults, kills and freezes in the same order. */
export function chooseSeed(): number {
  const given = process.env['FAULTS_SEED'];
  const seed = given === undefined ? Math.floor(Math.random() * 1e9) : Number(given);
  if (!Number.isSafeInteger(seed)) throw new Error(`FAULTS_SEED is no whole number: ${given}`);
  console.log(`FAULTS_SEED=${seed}`);
  return seed;
}
