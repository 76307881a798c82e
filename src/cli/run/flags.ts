import { type Command, InvalidArgumentError, Option } from 'commander';
import type { LoadClient } from '../../load/slice.js';
import type { ContainerNetwork } from '../../runtime/types.js';
import type { Precision } from '../../schedule/profiles.js';
import { choiceOption } from '../choice-option.js';
import { type Asked, takesConfigFile } from './config-file.js';

/** The flags of every command that measures, as given. */
export interface RunFlags {
  /** Versions or paths. */
  envoy?: string[];
  budget?: number;
  seed?: number;
  runtime: 'auto' | 'native' | 'docker';
  imageTemplate: string;
  /** How containers are connected; undefined: as is best on this system. */
  containerNetwork?: ContainerNetwork;
  /** MiB that each container may have. */
  memory?: number;
  client: LoadClient;
  portBase?: number;
  out?: string;
  allowUnpinned: boolean;
  strict: boolean;
  /** Left away where they were parsed from no command line. */
  verbose?: boolean;
  json: boolean;
  /** How they came about; left away where they were parsed from no command line. */
  asked?: Asked;
}

/** Adds the flags that every measuring command has; the contract is in docs/architecture.md. */
export function runFlags(
  command: Command,
  envoy = oneEnvoyOption('Envoy to measure (default: 1.40.0)'),
): Command {
  return (
    takesConfigFile(command)
      .addOption(envoy)
      .option('--budget <time>', 'time for the whole run, such as 90s or 10m', duration)
      .option('--seed <number>', 'the same seed gives the same schedule', natural)
      .addOption(
        choiceOption('--runtime <kind>', 'where Envoys run', ['auto', 'native', 'docker']).default('auto'),
      )
      .addOption(
        choiceOption('--client <name>', 'who drives closed loops', ['sockets', 'autocannon']).default(
          'sockets',
        ),
      )
      .option('--image-template <image>', 'image of --runtime docker', 'envoyproxy/envoy:v{version}')
      .addOption(
        choiceOption(
          '--container-network <mode>',
          "containers on the host's network, or on their own with ports mapped to 127.0.0.1 (default: host on Linux)",
          ['host', 'mapped'],
        ),
      )
      .option('--memory <size>', 'memory limit of each container, such as 512m or 2g', mebibytes)
      .option('--port-base <port>', 'use ports of 127.0.0.1 from here upwards, not random ones', natural)
      .option('--out <dir>', 'folder for the run (default: results/local/<id>)')
      .option('--allow-unpinned', 'accept an Envoy that envoy.lock.json does not pin', false)
      .option('--strict', 'fail on every warning, before anything is measured where it is known then', false)
      // Only to override a configuration file.
      .addOption(new Option('--no-allow-unpinned').hideHelp())
      .addOption(new Option('--no-strict').hideHelp())
      .option('--verbose', 'write all that happens to filterbench.log in the folder of the run', false)
      .option('--json', 'print the run as JSON', false)
  );
}

/** Names the one Envoy of a command. */
export function oneEnvoyOption(description: string): Option {
  return new Option('--envoy <version|path>', description).argParser((text: string) => {
    const [only, ...more] = list(text);
    if (only === undefined || more.length > 0)
      throw new InvalidArgumentError('one version or path is needed; bench takes several.');
    return [only];
  });
}

/** Names one Envoy or several. */
export function envoysOption(description: string): Option {
  return new Option('--envoy <versions|paths>', description).argParser(list);
}

/** Names filters of the user's own. */
export function variantOption(): Option {
  return new Option(
    '--variant <file>',
    'a filter of your own, as a YAML file, beside the others; can be given several times',
  ).argParser((file: string, before: string[] = []) => [...before, file]);
}

/** A seed for a run whose user gave none. */
export function drawnSeed({ seed }: Pick<RunFlags, 'seed'>): number {
  return seed ?? Math.floor(Math.random() * 2 ** 31);
}

/** `a, b` → ['a', 'b']. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** @throws InvalidArgumentError where the text is not a whole number from 0. */
export function natural(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('a whole number is needed.');
  return value;
}

/** `90s`, `10m` or `1h` in seconds. */
export function duration(text: string): number {
  return withUnit(text, { s: 1, m: 60, h: 3_600 }, 'write a time such as 90s, 10m or 1h.');
}

/** `512m` or `2g` in MiB. */
export function mebibytes(text: string): number {
  const help = 'write a size such as 512m or 2g.';
  const size = withUnit(text, { m: 1, g: 1_024 }, help);
  if (size < 1) throw new InvalidArgumentError(help);
  return size;
}

/** `0.5us`, `1ms` or `1us,3%`: a half-width, and the share of an arm's own cost that will do where it is more. */
export function precision(text: string): Precision {
  const help = 'write a half-width such as 0.5us, or with a share of the own cost, such as 1us,3%.';
  const [width = '', share = '0%', ...more] = list(text);
  const us = withUnit(width, { us: 1, µs: 1, ms: 1_000 }, help);
  if (more.length > 0) throw new InvalidArgumentError(help);
  if (us === 0) throw new InvalidArgumentError('no interval gets as narrow as 0.');
  return { us, share: withUnit(share, { '%': 0.01 }, help) };
}

// Above this no sender in Node keeps its times, and nothing here sustains it.
const highestRps = 100_000;

/** `1000,2000` as rates a second. */
export function rates(text: string): number[] {
  const values = list(text).map(Number);
  const isRate = (value: number) => value >= 1 && value <= highestRps;
  if (values.length === 0 || !values.every(isRate)) {
    throw new InvalidArgumentError(`write rates a second by comma, from 1 to ${highestRps}: 1000,2000.`);
  }
  return [...new Set(values)].sort((a, b) => a - b);
}

/**
 * A number with one of some units behind it, in what the units stand for.
 * @throws InvalidArgumentError with `help` where it is none.
 */
export function withUnit(text: string, units: Readonly<Record<string, number>>, help: string): number {
  const match = /^(\d+(?:\.\d+)?)([a-zµ]+|%)$/.exec(text);
  const unit = units[match?.[2] ?? ''];
  if (!match || unit === undefined) throw new InvalidArgumentError(help);
  return Number(match[1]) * unit;
}
