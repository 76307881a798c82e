import { supported, type Variant } from './types.js';

/**
 * A second baseline for scenarios with request bodies: it buffers them and does nothing else, so that what a filter does
 * can be told from the wait. An arm like any other, compared with the baseline; no mechanism lists it, and none can be
 * chosen without it.
 */
export const bufferBaseline: Variant = {
  id: 'baseline+buffer',
  mechanism: 'baseline',
  class: 'in-process',
  config: 'buffer',
  extensions: ['envoy.filters.http.buffer', 'envoy.extensions.filters.http.buffer.v3.Buffer'],
  server: null,
  support: () => supported,
  artefacts: () => [],
  variables: () => ({}),
  env: () => ({}),
  // The filter counts time-outs only.
  counters: () => [],
};
