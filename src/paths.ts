import { fileURLToPath } from 'node:url';

// The same depth from src/ and from dist/.
const root = fileURLToPath(new URL('..', import.meta.url));

/** Where this package's own files are. */
export const packagePaths = {
  root,
  scenarios: `${root}scenarios`,
  envoyConfigs: `${root}envoy-configs`,
  filters: `${root}filters`,
  prebuilt: `${root}filters/prebuilt`,
  pageScript: `${root}dist/report/html/interactive/page.js`,
  generator: `${root}dist/load/generator/main.js`,
} as const;
