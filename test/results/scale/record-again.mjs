// Records a stored run anew, line by line as a schedule would: a process of its own, so that its memory can be limited.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { plannedOf } from '../../../dist/results/analyse/index.js';
import { createRunFolder, readRunFile, recordRun } from '../../../dist/results/store/index.js';

const [, , from, to] = process.argv;
const run = await readRunFile(join(from, 'run.json'));
// None has been started yet.
const planned = plannedOf({ arms: run.arms.map((arm) => ({ ...arm, status: 'valid' })) }, []);
const recorder = recordRun(createRunFolder(to), run, planned);
for (const [file, take] of [
  ['samples.ndjson', recorder.sample],
  ['evidence.ndjson', recorder.evidence],
]) {
  for await (const line of createInterface({ input: createReadStream(join(from, file)) }))
    take(JSON.parse(line));
}
const { arms } = recorder.write('complete', null);
process.stdout.write(`${arms.filter(({ status }) => status === 'valid').length}`);
