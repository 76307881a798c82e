import { DEFAULT_ENVOY_VERSION } from '../envoy/binary/index.js';
import { variants } from '../mechanisms/index.js';
import { profiles } from '../schedule/profiles.js';
import type { ConfigField, ConfigFile } from './schema.js';

/** What a field of the file is on the command line, and what a new file says of it. */
export interface FieldAbout {
  readonly flag: string;
  /** `bench`: what is measured, and for how long; `all`: where and on what, which all measuring commands share. */
  readonly for: 'all' | 'bench';
  readonly about: string;
  /** Shown in a new file, as a comment: the default, or an example where the default can't be written. */
  readonly shown: ConfigFile[ConfigField];
  /** What happens without it, where `shown` is an example. */
  readonly without?: string;
  /** Each value is a flag of its own, rather than one flag with commas. */
  readonly repeated?: true;
  /** Whether values can be paths, which are relative to the file. */
  readonly paths?: true;
}

const { quick } = profiles;

/** Every field, in the order of a new file. */
export const fields: Readonly<Record<ConfigField, FieldAbout>> = {
  envoy: {
    flag: '--envoy',
    for: 'all',
    about: 'Envoys: versions, or paths of binaries. bench takes several, the others one.',
    shown: [DEFAULT_ENVOY_VERSION],
    paths: true,
  },
  mechanisms: {
    flag: '--mechanisms',
    for: 'bench',
    about: 'Mechanisms (all of their variants) and variants; "filterbench list" names them.',
    // With --profile full all are the default.
    shown: variants.filter(({ aside }) => !aside).map(({ id }) => id),
  },
  variants: {
    flag: '--variant',
    for: 'bench',
    about: 'Filters of your own beside them, a YAML file each.',
    shown: ['my-filter.yaml'],
    without: 'none',
    repeated: true,
    paths: true,
  },
  scenarios: {
    flag: '--scenarios',
    for: 'bench',
    about: 'Scenarios: a series by its name, or one of it, such as redact-16k.',
    shown: quick.scenarios === 'all' ? [] : [...quick.scenarios],
  },
  profile: {
    flag: '--profile',
    for: 'bench',
    about: 'How much is measured: smoke, quick or full.',
    shown: quick.name,
  },
  budget: {
    flag: '--budget',
    for: 'bench',
    about: 'Time for the whole run: 90s, 10m, 1h.',
    shown: '10m',
    without: "the profile's, which sets the number of rounds and ends nothing",
  },
  precision: {
    flag: '--precision',
    for: 'bench',
    about: 'Go on until intervals are this narrow: 0.5us, or 1us,3% with a share of the own cost.',
    shown: '0.5us',
    without: 'as many restarts as the profile has',
  },
  rates: {
    flag: '--rate',
    for: 'bench',
    about: 'Rates of the open loop, in requests a second.',
    shown: [...quick.rates],
  },
  seed: {
    flag: '--seed',
    for: 'all',
    about: 'The same seed gives the same schedule.',
    shown: 7,
    without: 'a new one for each run, which its report names',
  },
  runtime: {
    flag: '--runtime',
    for: 'all',
    about: 'Where Envoys run: auto, native or docker.',
    shown: 'auto',
  },
  imageTemplate: {
    flag: '--image-template',
    for: 'all',
    about: 'Image of docker.',
    shown: 'envoyproxy/envoy:v{version}',
  },
  containerNetwork: {
    flag: '--container-network',
    for: 'all',
    about: 'Containers on the network of this host, or on their own with mapped ports: host, mapped.',
    shown: 'host',
    without: 'host on Linux, else mapped; needs runtime: docker',
  },
  memory: {
    flag: '--memory',
    for: 'all',
    about: 'Memory limit of each container: 512m, 2g.',
    shown: '512m',
    without: 'no limit; needs runtime: docker',
  },
  client: {
    flag: '--client',
    for: 'all',
    about: 'Who drives closed loops: sockets, or autocannon.',
    shown: 'sockets',
  },
  portBase: {
    flag: '--port-base',
    for: 'all',
    about: 'Use ports of 127.0.0.1 from here upwards.',
    shown: 20_000,
    without: 'random ones',
  },
  out: {
    flag: '--out',
    for: 'bench',
    about: 'Folder of the run; one that holds a run already is refused.',
    shown: 'results/local/mine',
    without: 'a new one in results/local for each run',
    paths: true,
  },
  allowUnpinned: {
    flag: '--allow-unpinned',
    for: 'all',
    about: 'Accept an Envoy that envoy.lock.json does not pin; --no-allow-unpinned overrides it.',
    shown: false,
  },
  strict: {
    flag: '--strict',
    for: 'all',
    about: 'Fail on every warning; --no-strict overrides it.',
    shown: false,
  },
};
