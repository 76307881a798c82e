import type { Frame } from '../frames.js';
import { kernelPlace } from './kernel.js';
import { libraryPlace } from './libraries.js';
import { type PlaceFinder, placeBy, type Rule } from './place.js';

/** Rust's crates, and Go's packages. */
const rules: readonly Rule[] = [
  // The automaton that it searches words by is nobody else's.
  { place: 'job (filterbench_core)', fits: /filterbench_core|filterbench\/core|aho_corasick/ },
  { place: 'our server', fits: /filterbench/ },
  { place: 'gRPC', fits: /\btonic|google\.golang\.org\/grpc/ },
  { place: 'protobuf', fits: /\b(prost|envoy_types)\b|google\.golang\.org\/protobuf|go-control-plane/ },
  {
    place: 'HTTP',
    fits: /\b(h2|hyper|hyper_util|http|httparse|http_body)::|golang\.org\/x\/net\/http2|^net\/http/,
  },
  { place: 'event loop (tokio)', fits: /\b(tokio|tokio_stream|mio|futures_\w+|parking_lot\w*)::/ },
  { place: 'Go: garbage collection', fits: /^runtime\.(gc|scan|mark|sweep|bg|grey|find|wb|drain|heapBits)/ },
  {
    place: 'Go: memory allocation',
    fits: /^runtime\.(malloc|newobject|makeslice|growslice|mcache|mcentral|mheap|nextFree)/,
  },
  { place: 'Go: scheduling and runtime', fits: /^(runtime|internal\/runtime)[./]/ },
  { place: 'Go: network', fits: /^(net|internal\/poll|syscall)\./ },
  { place: 'bytes and collections', fits: /\b(bytes|hashbrown|core|alloc|std)::/ },
];

/** The place of a sample of a server in Rust or Go; without symbols only kernel and C library are told apart. */
export const compiledServerPlace: PlaceFinder = (frames) => {
  const [leaf] = frames;
  if (!leaf) return 'unknown';
  if (leaf.kind === 'kernel') return kernelPlace(frames);
  return placeOf(leaf);
};

function placeOf(frame: Frame): string {
  if (frame.owner === null) return 'server, without symbols';
  return libraryPlace(frame) ?? placeBy(rules, frame.name) ?? 'server: other';
}
