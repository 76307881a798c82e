import { z } from 'zod';

export const placementSchema = z.strictObject({
  envoyCpus: z.array(z.int()),
  serverCpus: z.array(z.int()),
  generatorCpus: z.array(z.int()),
  upstreamCpus: z.array(z.int()),
  /** True where the external server shares Envoy's cores. */
  serverSharesEnvoy: z.boolean(),
  pinned: z.boolean(),
});
export type Placement = z.infer<typeof placementSchema>;

export const fingerprintSchema = z.strictObject({
  cpu: z.string(),
  cores: z.int(),
  memoryMiB: z.int(),
  kernel: z.string(),
  os: z.string(),
  arch: z.string(),
  node: z.string(),
  governor: z.string().nullable(),
  virtualised: z.string().nullable(),
  /** Whether two threads of one core count as two cores; null where it can't be read, as below. */
  smt: z.boolean().nullable(),
  turbo: z.boolean().nullable(),
  /** Cores' worth of CPU that the control group allows; null where it allows all. */
  cgroupCpuLimit: z.number().nullable(),
  cgroupThrottledMs: z.number().nullable(),
  thermalThrottles: z.number().nullable(),
  /** Share of the busy time that the hypervisor gave to others, since the machine started. */
  stealShare: z.number().nullable(),
  loadAverage1m: z.number(),
  placement: placementSchema,
  tools: z.record(z.string(), z.string()),
});
export type Fingerprint = z.infer<typeof fingerprintSchema>;

export const envoySchema = z.strictObject({
  version: z.string(),
  build: z.string(),
  sha256: z.string(),
  source: z.string(),
  /** True where envoy.lock.json vouches for these bytes. */
  pinned: z.boolean(),
  runtime: z.enum(['native', 'docker']),
  /** How its containers are connected; left away where it is native. */
  network: z.enum(['host', 'mapped']).optional(),
});
export type EnvoyUsed = z.infer<typeof envoySchema>;

export const artefactSchema = z.strictObject({
  /** Under filters/prebuilt, or where it was instead. */
  path: z.string(),
  sha256: z.string(),
  /** True where it is the file that the shipped manifest names. */
  shipped: z.boolean(),
});
export type ArtefactUsed = z.infer<typeof artefactSchema>;
