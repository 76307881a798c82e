import type { Chart } from './chart.js';
import { latencyUnloaded } from './latency-unloaded.js';
import { overheadCpu } from './overhead-cpu.js';
import { restarts } from './restarts.js';
import { slopes } from './slopes.js';
import { throughput } from './throughput.js';

export type { Chart } from './chart.js';

/** All charts, in the order in which the report shows them. */
export const charts: readonly Chart[] = [overheadCpu, slopes, throughput, latencyUnloaded, restarts];
