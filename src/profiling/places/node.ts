import type { Frame } from '../frames.js';
import { kernelPlace } from './kernel.js';
import { libraryPlace } from './libraries.js';
import { type PlaceFinder, placeBy, type Rule } from './place.js';

/** Functions in JavaScript, by the file that V8 names: see --perf-basic-prof in "node --v8-options". */
const javascript: readonly Rule[] = [
  {
    place: 'JS: protobufjs',
    fits: /protobufjs|proto-loader|\$(decode|encode|toObject|fromObject|setup|verify)\b/,
  },
  { place: 'JS: grpc-js', fits: /@grpc\/grpc-js/ },
  { place: 'JS: our code (job, answers)', fits: /ext-server-node\// },
  { place: "JS: Node's http2", fits: /node:internal\/http2/ },
  {
    place: "JS: Node's streams and sockets",
    fits: /node:(internal\/streams|stream|net|internal\/stream_base|_stream|events|buffer|internal\/buffer)/,
  },
  { place: "JS: Node's http", fits: /node:(_http|http|internal\/http)/ },
  { place: "JS: Node's rest (timers, ticks, hooks)", fits: /node:/ },
];

const builtin =
  /^(Builtins_|Builtin:|Stub|BytecodeHandler|RegExp|Handler|(Keyed)?(Load|Store)(Global)?IC|Interpreter)/;

/** Work of V8's own, wherever a sample was taken in it: it allocates and copies, too. */
const under: readonly Rule[] = [
  {
    place: 'V8: compiling',
    fits: /^v8::internal::(OptimizingCompileDispatcher|OptimizedCompilationJob|Compiler::|compiler::|baseline::|maglev::|parsing::|interpreter::InterpreterCompilationJob|TurbofanCompilationJob)/,
  },
  {
    place: 'V8: garbage collection',
    fits: /^v8::internal::(Heap::(CollectGarbage|PerformGarbageCollection|Scavenge|MarkCompact)|Scaveng|MarkCompact|ConcurrentMarking|Marking|Sweeper|Evacuat|YoungGeneration|IncrementalMarking|GlobalHandles)/,
  },
];

const native: readonly Rule[] = [
  { place: 'V8: runtime', fits: /v8::/ },
  { place: 'HTTP/2 in C++', fits: /^nghttp2|node::http2::/ },
  { place: 'Node in C++ (libuv, streams)', fits: /^uv_|^node::|^uv__|^napi_|llhttp/ },
];

/** The place of a sample of a Node.js process. What is built into V8 counts where the JavaScript is that called it. */
export const nodePlace: PlaceFinder = (frames) => {
  const [leaf] = frames;
  if (!leaf) return 'unknown';
  if (leaf.kind === 'kernel') return kernelPlace(frames);
  const ofEngine = frames.map(({ name }) => placeBy(under, name)).find((place) => place !== null);
  if (ofEngine) return ofEngine;
  if (builtin.test(leaf.name)) {
    const caller = frames.find(({ kind, name }) => kind === 'jit' && !builtin.test(name));
    return caller ? placeOfJavascript(caller) : 'V8: builtins';
  }
  if (leaf.kind === 'jit') return placeOfJavascript(leaf);
  return libraryPlace(leaf) ?? placeBy(native, leaf.name) ?? 'Node: other';
};

function placeOfJavascript({ name }: Frame): string {
  return placeBy(javascript, name) ?? 'JS: other';
}
