// A smoke run as its reader would check it: the data files against the published schemas, every mechanism valid.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';

const [dir] = process.argv.slice(2);
const read = (...path) => readFileSync(join(...path), 'utf8');
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const problems = [];

function check(name, file, values) {
  const validate = ajv.compile(JSON.parse(read('results', 'schema', `${name}.schema.json`)));
  for (const value of values) {
    if (!validate(value)) problems.push(`${file}: ${ajv.errorsText(validate.errors)}`);
  }
}

const lines = (file) =>
  read(dir, file)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const run = JSON.parse(read(dir, 'run.json'));
check('run', 'run.json', [run]);
check('sample', 'samples.ndjson', lines('samples.ndjson'));
check('evidence', 'evidence.ndjson', lines('evidence.ndjson'));

const mechanisms = ['cpp', 'lua', 'wasm', 'dynamic-module', 'ext-proc', 'ext-authz'];
for (const mechanism of mechanisms) {
  const arms = run.arms.filter((arm) => arm.mechanism === mechanism && arm.scenario === 'headers');
  if (!arms.some(({ status }) => status === 'valid')) problems.push(`no valid arm of ${mechanism}`);
  // A mode for bodies has nothing to do where there are none.
  for (const arm of arms)
    if (arm.status !== 'valid' && arm.status !== 'unsupported')
      problems.push(`${arm.id} is ${arm.status}: ${arm.reason}`);
}
if (run.status !== 'complete') problems.push(`the run is ${run.status}`);
const chart = 'charts/headers-overhead-cpu';
for (const file of ['report.html', 'report.md', `${chart}.svg`, `${chart}.png`]) {
  try {
    if (statSync(join(dir, file)).size === 0) problems.push(`${file} is empty`);
  } catch {
    problems.push(`${file} is missing`);
  }
}
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
