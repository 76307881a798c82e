import {
  type Drain,
  dynamicLoad,
  envoysDrain,
  fillerOf,
  getRequest,
  noFilters,
  type SwapSeries,
} from './series.js';

/** The text of a script in the listener. */
export const luaSwaps: SwapSeries = {
  id: 'swap/lua',
  claims: [dynamicLoad],
  question: 'does a new listener swap a Lua script in, for another and out, under load?',
  async prepare() {
    const fill = await fillerOf('swapped-lua');
    const script = (version: string) => () => fill({ version }).http_filters;
    return {
      first: { version: 'none', filters: noFilters },
      steps: [
        { probe: 'swap/lua/in', way: 'listener', to: 'one', filters: script('one') },
        { probe: 'swap/lua/script', way: 'listener', to: 'two', filters: script('two') },
        { probe: 'swap/lua/out', way: 'listener', to: 'none', filters: noFilters },
      ],
      clusters: [],
      env: {},
      request: getRequest,
    };
  },
};

/** The same swap of scripts by other times of draining: what becomes of connections that clients keep hangs on these. */
function drained(probe: string, drain: Drain, question: string): SwapSeries {
  return {
    id: probe,
    claims: [dynamicLoad],
    question,
    async prepare() {
      const fill = await fillerOf('swapped-lua');
      const script = (version: string) => () => fill({ version }).http_filters;
      return {
        first: { version: 'one', filters: script('one') },
        steps: [{ probe, way: 'listener', to: 'two', filters: script('two'), observeMs: 3_000 }],
        clusters: [],
        env: {},
        request: getRequest,
        drain,
      };
    },
  };
}

export const drainSwaps: readonly SwapSeries[] = [
  drained(
    'swap/drain-defaults',
    envoysDrain,
    "by Envoy's own times, is a request lost when a listener changes?",
  ),
  drained(
    'swap/drain-cut',
    { ...envoysDrain, cutMs: 1_000 },
    'and where little time is left before old connections are cut?',
  ),
];
