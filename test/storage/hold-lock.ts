import { lockDirectory } from '#storage/directory-lock.ts';

/** A process of its own that takes the lock of a directory, says so, and gives it back when its input ends. */
try {
  const lock = await lockDirectory(String(process.argv[2]));
  console.log('held');
  process.stdin.resume();
  process.stdin.once('end', () => void lock.release());
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : 'failed');
}
