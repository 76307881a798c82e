import { z } from 'zod';

/** Lines of code (neither blank nor comment alone, without tests), and the files that they are in, from the package's root. */
export const linesOfSchema = z.strictObject({
  lines: z.int().nonnegative(),
  files: z.array(z.string()),
});
export type LinesOf = z.infer<typeof linesOfSchema>;

/** One build with nothing kept from before but what was downloaded. */
export const cleanBuildSchema = z.strictObject({
  seconds: z.number().nonnegative(),
  toolchain: z.string(),
  /** How many cores it could use. */
  cores: z.int().positive(),
});
export type CleanBuild = z.infer<typeof cleanBuildSchema>;

/** What a variant takes to develop. It passes unless its build failed; a toolchain that is not here is no failure. */
export const effortShape = {
  kind: z.literal('effort'),
  mechanism: z.string(),
  variant: z.string(),
  /** The Envoy version that it is meant for. */
  envoy: z.string(),
  /** What the mechanism asks for, whatever the job. */
  shell: linesOfSchema,
  /** What the jobs take. */
  job: linesOfSchema,
  /** What Envoy is told to use it for one job. */
  configuration: linesOfSchema,
  /** The jobs that the lines do: unlike counts are not compared. */
  jobs: z.array(z.string()),
  /** What is shipped compiled; null where Envoy, or Node, takes the source. */
  artefact: z.strictObject({ path: z.string(), bytes: z.int().positive() }).nullable(),
  /** Null where there was none; `noBuild` says why. */
  build: cleanBuildSchema.nullable(),
  noBuild: z.string().nullable(),
} as const;
