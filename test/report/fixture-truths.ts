import type { ArmResult } from '../../src/results/schema/index.js';

export const scenarioNames = ['noop', 'headers', 'access'] as const;
export const envoy = '1.40.0';

/** What one variant is made to cost. */
export interface Truth {
  readonly mechanism: string;
  readonly variant: string;
  readonly class: ArmResult['class'];
  /** Envoy's µs in noop, headers, access; then the server's, or null. */
  readonly envoyUs: readonly [number, number, number];
  readonly serverUs: number | null;
  readonly p50Us: number;
  readonly spread: number;
}

export const inProcessTruth = (
  mechanism: string,
  variant: string,
  envoyUs: Truth['envoyUs'],
  p50Us: number,
  spread = 0.7,
): Truth => ({ mechanism, variant, class: 'in-process', envoyUs, serverUs: null, p50Us, spread });

export const externalTruth = (variant: string, base: number, serverUs: number, p50Us: number): Truth => ({
  mechanism: variant.slice(0, variant.indexOf('/')),
  variant,
  class: 'external',
  envoyUs: [base, base * 1.05, base * 1.03],
  serverUs,
  p50Us,
  spread: 2.6,
});

export const truths: readonly Truth[] = [
  inProcessTruth('cpp', 'cpp', [0.21, 1.32, 1.74], 1.9),
  inProcessTruth('lua', 'lua', [2.12, 4.41, 6.35], 5.2),
  inProcessTruth('wasm', 'wasm/rust', [2.95, 7.62, 8.93], 9.4, 1.6),
  inProcessTruth('dynamic-module', 'dynamic-module/rust', [0.34, 1.48, 1.69], 2.2),
  externalTruth('ext-proc/rust', 58.1, 31.4, 118),
  externalTruth('ext-proc/rust-uds', 47.2, 26.8, 96.5),
  externalTruth('ext-authz/rust-grpc', 41.6, 22.9, 84.1),
  externalTruth('ext-authz/rust-grpc-uds', 34.7, 19.3, 71.8),
  externalTruth('ext-authz/rust-http', 49.9, 17.2, 88.6),
];

export const baseline: Truth = {
  mechanism: 'baseline',
  variant: 'baseline',
  class: 'baseline',
  envoyUs: [0, 0, 0],
  serverUs: null,
  p50Us: 0,
  spread: 0.4,
};
