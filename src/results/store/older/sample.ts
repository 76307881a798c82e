import type { Fields } from './fields.js';

/** A sample of before open loops and the steady state (until 2026-11-23): every slice counted, and nobody asked the kernel who waited. */
export function presentSample(stored: Fields): Fields {
  return { ...missing, ...stored };
}

const missing = {
  purpose: 'measure',
  envoyWaitNs: null,
  serverWaitNs: null,
  envoySwitches: null,
  arrivals: null,
};
