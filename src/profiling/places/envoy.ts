import type { Frame } from '../frames.js';
import { kernelPlace } from './kernel.js';
import { libraryPlace } from './libraries.js';
import { ownerOf, type PlaceFinder, placeBy, type Rule } from './place.js';

/** Classes of Envoy's that are a mechanism's own; for C++ those of the filters that its configurations name. */
const filterClasses: Readonly<Record<string, RegExp>> = {
  cpp: /^Envoy::Extensions::HttpFilters::(HeaderMutation|ApiKeyAuth|JsonToMetadata|Transform|SetFilterState|Buffer)|^Envoy::(Http::)?HeaderMutation|^Envoy::Formatter/,
  lua: /Lua::|^Envoy::Extensions::Filters::Common::Lua/,
  wasm: /^Envoy::Extensions::(Common|HttpFilters)::Wasm/,
  'dynamic-module': /DynamicModules|^envoy_dynamic_module_callback/,
  'ext-proc': /ExternalProcessing|^Envoy::Extensions::(HttpFilters::ExtProc|.*::ProcessingRequestModifiers)/,
  'ext-authz': /ExtAuthz/,
  baseline: /^Envoy::Extensions::HttpFilters::Buffer/,
};

/** The place of Envoy's own code of the filter under test. */
export const filterPlace = 'Envoy: the filter';
/** The place of what Wasm or Lua was compiled to while Envoy ran. */
export const jitPlace = 'code compiled at run time';
/** The place of a dynamic module's code. */
export const modulePlace = "the module's code";

const rules: readonly Rule[] = [
  { place: 'Envoy: Wasm host (proxy_wasm)', fits: /^proxy_wasm::/ },
  { place: 'Envoy: V8', fits: /^(v8|wasm|cppgc|heap)::/ },
  { place: 'Envoy: LuaJIT', fits: /^lua(L|JIT|open)?_/ },
  {
    place: 'Envoy: HTTP/1 codec',
    fits: /^(quiche::(Balsa|NoOpBalsa|HttpHeader|Simple)|Envoy::Http::Http1::)/,
  },
  {
    place: 'Envoy: gRPC and HTTP/2',
    fits: /^(Envoy::(Grpc|Http::Http2|Http::CodecClient)|http2|spdy|quiche|nghttp2)/,
  },
  { place: 'Envoy: protobuf', fits: /^(google::protobuf|envoy::|xds::|udpa::|upb)/ },
  { place: 'Envoy: routing and clusters', fits: /^Envoy::(Router|Matcher|Matchers|Upstream|Regex)/ },
  {
    place: 'Envoy: network, buffers, events',
    fits: /^Envoy::(Network|Buffer|Event|ConnectionPool|Api|Thread|Extensions::(TransportSockets|IoSocket))/,
  },
  { place: 'Envoy: statistics', fits: /^Envoy::Stats/ },
  {
    place: 'Envoy: HTTP (streams, filter chain, headers)',
    fits: /^Envoy::(Http|StreamInfo|LocalReply|Tracing|Common|Extensions::NetworkFilters::HttpConnectionManager)/,
  },
];

/** Places of samples of an Envoy with a filter of this mechanism. */
export function envoyPlaces(mechanism: string): PlaceFinder {
  const ofFilter = filterClasses[mechanism];
  const placeOf = (frame: Frame): string => {
    const owner = ownerOf(frame);
    if (frame.kind === 'jit') return jitPlace;
    if (isModule(frame)) return modulePlace;
    if (ofFilter?.test(owner)) return filterPlace;
    return libraryPlace(frame) ?? placeBy(rules, owner) ?? 'Envoy: other';
  };
  return (frames) => {
    const [leaf] = frames;
    if (!leaf) return 'unknown';
    return leaf.kind === 'kernel' ? kernelPlace(frames) : placeOf(leaf);
  };
}

/** Whether a sample was taken in the filter or in anything that it called. */
export function isUnderFilter(mechanism: string): (frames: readonly Frame[]) => boolean {
  const ofFilter = filterClasses[mechanism];
  return (frames) =>
    frames.some(
      (frame) => frame.kind === 'jit' || isModule(frame) || ofFilter?.test(ownerOf(frame)) === true,
    );
}

function isModule({ kind, object }: Frame): boolean {
  return kind === 'file' && object === 'libfilterbench.so';
}
