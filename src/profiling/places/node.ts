import type { Frame } from '../frames.js';
import { kernelPlace } from './kernel.js';
import { libraryPlace } from './libraries.js';
import { type PlaceFinder, placeBy, type Rule } from './place.js';

/** Functions in JavaScript, by the file that V8 names: see --perf-basic-prof in "node --v8-options". */
const javascript: readonly Rule[] = [
  { place: 'JS: our code (job, answers)', fits: /ext-server-node\/|filterbench/ },
  {
    place: 'JS: protobufjs',
    fits: /protobufjs|proto-loader|\$(decode|encode|toObject|fromObject|setup|verify)\b/,
  },
  { place: 'JS: grpc-js', fits: /@grpc\/grpc-js/ },
  { place: "JS: Node's http2", fits: /node:internal\/http2/ },
  {
    place: "JS: Node's streams and sockets",
    fits: /node:(internal\/streams|stream|net|internal\/stream_base|_stream|events|buffer|internal\/buffer)/,
  },
  { place: "JS: Node's http", fits: /node:(_http|http|internal\/http)/ },
  { place: "JS: Node's rest (timers, ticks, hooks)", fits: /node:/ },
  {
    place: 'V8: builtins and stubs',
    fits: /^(Builtin|Stub|BytecodeHandler|RegExp|Handler|Bytecode|LoadIC|KeyedLoadIC|StoreIC|Interpreter)/,
  },
];

const native: readonly Rule[] = [
  {
    place: 'V8: garbage collection',
    fits: /Scaveng|MarkCompact|Mark(ing|er)|Sweep|Evacuat|Heap::(?!Allocate)|GlobalHandles|cppgc|Gc|GarbageCollect|Concurrent|YoungGeneration/,
  },
  {
    place: 'V8: compiling',
    fits: /compiler::|Turbo|Maglev|baseline::|interpreter::(Bytecode|Interp)|Parser|Scanner|OptimizedCompilation|Liftoff/,
  },
  { place: 'V8: builtins and stubs', fits: /^Builtins_/ },
  { place: 'V8: runtime', fits: /v8::/ },
  { place: 'HTTP/2 in C++', fits: /^nghttp2|node::http2::/ },
  { place: 'Node in C++ (libuv, streams)', fits: /^uv_|^node::|^uv__|^napi_|llhttp/ },
];

/** The place of a sample of a Node.js process. */
export const nodePlace: PlaceFinder = (frames) => {
  const [leaf] = frames;
  if (!leaf) return 'unknown';
  if (leaf.kind === 'kernel') return kernelPlace(frames);
  return placeOf(leaf);
};

function placeOf(frame: Frame): string {
  if (frame.kind === 'jit') return placeBy(javascript, frame.name) ?? 'JS: other';
  return libraryPlace(frame) ?? placeBy(native, frame.name) ?? 'Node: other';
}
