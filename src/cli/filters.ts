import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { BadInputError, ExitCode, type ExitCodeValue } from '../errors.js';
import type { Artefact } from '../filters/artefact.js';
import { artefacts } from '../filters/artefacts.js';
import { buildFilters } from '../filters/build.js';
import { formatManifest, type ManifestEntry, manifestPath, readManifest } from '../filters/manifest.js';
import { checkShipped, compareBuilds, type Finding } from '../filters/verify.js';
import { packagePaths } from '../paths.js';
import { runSchema } from '../results/schema/index.js';
import { suggestPart } from '../suggest.js';

/** `filterbench filters build|verify`. */
export function filtersCommand(interrupt: () => AbortSignal, exit: (code: ExitCodeValue) => void): Command {
  const command = new Command('filters').description(
    'the compiled filters: build them, check what is shipped',
  );
  command
    .command('build')
    .argument('[words...]', 'only artefacts whose path holds one of these, such as dynamic-module-c or v0.2')
    .option('--out <dir>', 'another folder, for FILTERBENCH_PREBUILT to name; what is shipped stays as it is')
    .description('build all filters from source into filters/prebuilt')
    .action((words: string[], { out }: { out?: string }) => build(words, out, interrupt()));
  command
    .command('verify')
    .argument('[words...]', 'rebuild only artefacts whose path holds one of these; hashes are checked of all')
    .description('check that what is shipped is what the sources give')
    .option('--json', 'print JSON', false)
    .action(async (words: string[], { json }: { json: boolean }) =>
      exit(await verify(words, interrupt(), json)),
    );
  return command;
}

// An Envoy for each ABI generation of the dynamic module.
const oneEnvoyPerAbi = ['1.36.4', '1.37.0', '1.39.3', '1.40.0'];

const targetDir = join(packagePaths.filters, 'target');
const say = (message: string) => process.stderr.write(`${message}\n`);

async function build(words: readonly string[], out: string | undefined, signal: AbortSignal): Promise<void> {
  const asked = selectArtefacts(words);
  const outDir = out === undefined ? packagePaths.prebuilt : resolve(out);
  const entries = await buildFilters({ outDir, targetDir, signal, onProgress: say }, asked);
  const isRebuilt = ({ path }: ManifestEntry) => entries.some((entry) => entry.path === path);
  const kept =
    words.length === 0 ? [] : (await readManifest()).artefacts.filter((entry) => !isRebuilt(entry));
  if (out === undefined) writeFileSync(manifestPath, formatManifest([...kept, ...entries]));
  for (const { path, bytes, sha256 } of entries)
    print(`${path.padEnd(48)} ${kib(bytes)}  ${sha256.slice(0, 16)}`);
}

function selectArtefacts(words: readonly string[]): readonly Artefact[] {
  if (words.length === 0) return artefacts;
  // As elsewhere, a slip in one of several words is no reason to leave it out silently.
  const unknown = words.find((word) => !artefacts.some(({ path }) => path.includes(word)));
  if (unknown === undefined) return artefacts.filter(({ path }) => words.some((word) => path.includes(word)));
  const paths = artefacts.map(({ path }) => path);
  throw new BadInputError(
    `no artefact's path holds "${unknown}"${suggestPart(unknown, paths)}`,
    `the paths are ${paths.join(', ')}`,
  );
}

async function verify(words: readonly string[], signal: AbortSignal, json: boolean): Promise<ExitCodeValue> {
  const asked = selectArtefacts(words);
  const manifest = await readManifest();
  const findings = await checkShipped(manifest);
  if (findings.length === 0) {
    const outDir = mkdtempSync(join(tmpdir(), 'filterbench-verify-'));
    try {
      const rebuilt = await buildFilters({ outDir, targetDir, signal, onProgress: say }, asked);
      const differing = compareBuilds(manifest, rebuilt);
      findings.push(...differing);
      if (differing.some(({ severity }) => severity === 'warning'))
        findings.push(...(await prove(outDir, rebuilt, signal)));
    } finally {
      rmSync(outDir, { recursive: true, force: true });
    }
  }
  const failed = findings.some(({ severity }) => severity === 'error');
  if (json) print(JSON.stringify({ ok: !failed, findings }, null, 2));
  else for (const { path, severity, message } of findings) print(`${severity}: ${path} ${message}`);
  if (!failed && !json)
    print(`${manifest.artefacts.length} artefacts verified, ${asked.length} of them built again`);
  return failed ? ExitCode.gateFailed : ExitCode.done;
}

/** Bytes of another toolchain are no error as long as they do the same job: every arm is proven on them. */
async function prove(
  prebuiltDir: string,
  rebuilt: readonly ManifestEntry[],
  signal: AbortSignal,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  // What was not built again takes part as it is shipped.
  cpSync(packagePaths.prebuilt, prebuiltDir, { recursive: true, force: false });
  for (const version of oneEnvoyPerAbi) {
    say(`proving the rebuilt filters on Envoy ${version}`);
    findings.push(...(await proveOn(version, prebuiltDir, rebuilt, signal)));
  }
  return findings;
}

async function proveOn(
  version: string,
  prebuiltDir: string,
  rebuilt: readonly ManifestEntry[],
  signal: AbortSignal,
): Promise<Finding[]> {
  const cli = join(packagePaths.root, 'bin', 'filterbench.js');
  const out = join(prebuiltDir, `proof-${version}`);
  const asked = [
    '--prove-only',
    '--no-config',
    '--profile',
    'smoke',
    '--scenarios',
    'noop,headers,access,jwt',
    '--envoy',
    version,
  ];
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [cli, 'bench', ...asked, '--out', out, '--json'],
    { env: { FILTERBENCH_PREBUILT: prebuiltDir }, reject: false, cancelSignal: signal },
  );
  signal.throwIfAborted();
  const unproven = exitCode === 0 ? unavailableArms(stdout) : [`exit ${exitCode}: ${stderr.slice(-500)}`];
  if (unproven.length === 0) return [];
  const message = `the rebuilt filters do not pass their proofs on Envoy ${version}: ${unproven.join('; ')}`;
  return [{ path: rebuilt[0]?.path ?? 'filters', severity: 'error', message }];
}

// A filter that this Envoy does not even load is not proven.
function unavailableArms(json: string): string[] {
  return runSchema
    .loose()
    .parse(JSON.parse(json))
    .arms.filter(({ status }) => status === 'unavailable')
    .map(({ id, reason }) => `${id}: ${reason}`);
}

function kib(bytes: number): string {
  return `${(bytes / 1_024).toFixed(0)} KiB`.padStart(9);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
