import type { EnvoyUsed, Warning } from '../../results/schema/index.js';

/** What mapped ports do to the numbers, where load goes through them. */
export function mappedWarnings(envoys: readonly EnvoyUsed[]): Warning[] {
  if (!envoys.some(({ network }) => network === 'mapped')) return [];
  return [
    {
      code: 'mapped-ports',
      message:
        "load reaches the containers through the engine's mapped ports, which adds latency to every request and takes CPU that no arm is charged for",
      next: 'read overheads over the baseline, which has the same; on Linux, --container-network host goes without',
    },
  ];
}
