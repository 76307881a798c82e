import { expect, it } from 'vitest';
import { lackingExtension } from '../../src/session/open-arm.js';

const declared = [
  'envoy.filters.http.wasm',
  'envoy.extensions.filters.http.wasm.v3.Wasm',
  'envoy.wasm.runtime.v8',
];

it.each([
  [
    'Failed to create Wasm VM using envoy.wasm.runtime.v8 runtime. Envoy was compiled without support for it',
    'envoy.wasm.runtime.v8',
  ],
  [
    "could not find @type 'type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm'",
    'envoy.extensions.filters.http.wasm.v3.Wasm',
  ],
  [
    "Didn't find a registered implementation for 'envoy.filters.http.wasm' with type URL: ''",
    'envoy.filters.http.wasm',
  ],
])('a build that says "%s" lacks it', (output, extension) => {
  expect(lackingExtension(output, declared)).toBe(extension);
});

it('a slip in the name of an extension is not a lack of the build', () => {
  const slip = "Didn't find a registered implementation for 'envoy.filters.http.wasn' with type URL: ''";
  expect(lackingExtension(slip, declared)).toBeNull();
  expect(lackingExtension('Unable to create Wasm plugin filterbench', declared)).toBeNull();
});
