import type { Check } from '../check.js';
import { cgroup } from './cgroup.js';
import { clock } from './clock.js';
import { cores } from './cores.js';
import { cacheDisk, resultsDisk, temporaryDisk } from './disk.js';
import { docker } from './docker.js';
import { envoy } from './envoy.js';
import { filters } from './filters.js';
import { load } from './load.js';
import { node } from './node.js';
import { openFiles } from './open-files.js';
import { perf } from './perf.js';
import { pip } from './pip.js';
import { ports } from './ports.js';
import { system } from './system.js';
import { toolchains } from './toolchains.js';

/** Every check, in the order in which they are shown: what a run needs, what spoils numbers, what is optional. */
export const checks: readonly Check[] = [
  ...[node, system, filters, envoy, pip, docker],
  ...[ports, openFiles, resultsDisk, cacheDisk, temporaryDisk],
  ...[cores, clock, cgroup, load],
  ...[perf, toolchains],
];
