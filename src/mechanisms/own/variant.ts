import { basename } from 'node:path';
import { fillTemplate } from '../../template.js';
import { mechanisms } from '../index.js';
import { type OwnServerSpec, supported, type Variant } from '../types.js';
import { type OwnPaths, pathsInside } from './paths.js';
import type { OwnVariantFile } from './schema.js';

/** A user's filter as a variant like any other, under `own/`. */
export function ownVariant(file: OwnVariantFile, paths: OwnPaths): Variant {
  const { definition, reads } = paths;
  const server = serverOf(file, paths);
  const ours = plainestOf(file.mechanism);
  return {
    id: `own/${file.name}`,
    mechanism: file.mechanism,
    class: server === null ? 'in-process' : 'external',
    config: definition,
    fragment: file.config,
    definition,
    // What a user names may be a slip: that this build lacks it is not said.
    extensions: [],
    server,
    support: ({ scenario }) =>
      file.scenarios.includes(scenario.family)
        ? supported
        : { status: 'unsupported', reason: `${basename(definition)} does not name it` },
    artefacts: () => reads.map(({ path }) => path),
    variables: (job, inside) => ({
      // Where an Envoy calls ext_proc on direct responses only by a flag, it takes it here, too.
      ...(file.mechanism === 'ext-proc' && {
        runtime_flags: ours?.variables(job, inside).runtime_flags ?? {},
      }),
      ...pathsInside(reads, inside),
    }),
    env: (_job, inside) => filled(file.env, pathsInside(reads, inside)),
    // How often it counts is its own business; what must never happen in our filters must not happen in it.
    counters: (job) => (ours?.counters(job) ?? []).filter((rule) => 'staysZero' in rule),
  };
}

function plainestOf(mechanism: string): Variant | undefined {
  return mechanisms.find(({ name }) => name === mechanism)?.variants[0];
}

function serverOf({ process: own }: OwnVariantFile, { program, reads }: OwnPaths): OwnServerSpec | null {
  if (!own || program === null) return null;
  return {
    protocol: 'own',
    transport: 'tcp',
    program,
    reads: reads.map(({ path }) => path),
    args: (inside, { listen, job }) => {
      const names = { listen, job, ...pathsInside(reads, inside) };
      return own.args.map((arg) => String(fillTemplate(arg, names)));
    },
  };
}

function filled(texts: Readonly<Record<string, string>>, names: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, String(fillTemplate(text, names))]),
  );
}
