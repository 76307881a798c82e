import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/profiling/frames.js';
import { compiledServerPlace } from '../../src/profiling/places/compiled-server.js';
import { envoyPlaces, isUnderFilter } from '../../src/profiling/places/envoy.js';
import { kernelPlace } from '../../src/profiling/places/kernel.js';
import { nodePlace } from '../../src/profiling/places/node.js';

const frame = (name: string, kind: Frame['kind'] = 'file', object = 'program'): Frame => ({
  name,
  owner: name,
  kind,
  object,
});
const kernel = (...names: string[]) => names.map((name) => frame(name, 'kernel', ''));

describe('kernelPlace', () => {
  it.each([
    [['_raw_spin_unlock_irqrestore', 'sock_def_readable', 'tcp_rcv_established'], 'switching and waking'],
    [['tcp_rcv_established', 'tcp_v4_do_rcv', 'net_rx_action', 'handle_softirqs'], 'network'],
    [['rep_movs_alternative', 'tcp_sendmsg_locked', '__x64_sys_writev'], 'network'],
    [['finish_task_switch.isra.0', '__schedule', 'schedule', 'ep_poll'], 'switching and waking'],
    [['ep_poll', 'do_epoll_wait', '__x64_sys_epoll_wait'], 'waiting for events'],
    [['clear_page_erms', 'do_anonymous_page', 'asm_exc_page_fault'], 'memory'],
    [['syscall_return_via_sysret'], 'entering and leaving'],
    [['handle_softirqs', 'irq_exit_rcu', 'asm_sysvec_apic_timer_interrupt'], 'interrupts'],
    [['something_new'], 'other'],
  ])('%j is %s', (names, place) => {
    expect(kernelPlace([...kernel(...names), frame('main')])).toBe(`kernel: ${place}`);
  });

  it('goes by the function nearest to the sample, and no further than the kernel', () => {
    expect(kernelPlace([...kernel('new_one'), frame('tcp_looking_name')])).toBe('kernel: other');
  });
});

describe('envoyPlaces', () => {
  const wasm = envoyPlaces('wasm');

  it.each([
    ['Envoy::Extensions::Common::Wasm::Context', 'Envoy: the filter'],
    ['proxy_wasm::ContextBase', 'Envoy: Wasm host (proxy_wasm)'],
    ['v8::internal::Heap', 'Envoy: V8'],
    ['quiche::BalsaFrame', 'Envoy: HTTP/1 codec'],
    ['Envoy::Http::Http1::ConnectionImpl', 'Envoy: HTTP/1 codec'],
    ['Envoy::Http::HeaderMapImpl', 'Envoy: HTTP (streams, filter chain, headers)'],
    ['Envoy::Network::ConnectionImpl', 'Envoy: network, buffers, events'],
    ['envoy::config::core::v3::Node', 'Envoy: protobuf'],
    ['Envoy::Extensions::HttpFilters::ExtAuthz::Filter', 'Envoy: other'],
    ['google_malloc', 'memory allocation'],
    ['lua_pushstring', 'Envoy: LuaJIT'],
  ])('%s is %s', (owner, place) => {
    expect(wasm([frame(owner)])).toBe(place);
  });

  it('tells compiled code, the module, libraries and the kernel by where they are', () => {
    expect(wasm([frame('[compiled at run time]', 'jit', '')])).toBe('code compiled at run time');
    expect(wasm([frame('f', 'file', 'libfilterbench.so')])).toBe("the module's code");
    expect(wasm([frame('__memmove_avx_unaligned_erms', 'file', 'libc.so.6')])).toBe(
      'copying and comparing bytes',
    );
    expect(wasm([frame('pthread_mutex_lock', 'file', 'libc.so.6')])).toBe('C library');
    expect(wasm(kernel('tcp_sendmsg'))).toBe('kernel: network');
    expect(wasm([])).toBe('unknown');
  });

  it("knows each mechanism's own classes, and no other's", () => {
    expect(envoyPlaces('ext-authz')([frame('Envoy::Extensions::HttpFilters::ExtAuthz::Filter')])).toBe(
      'Envoy: the filter',
    );
    expect(envoyPlaces('dynamic-module')([frame('envoy_dynamic_module_callback_http_get_header')])).toBe(
      'Envoy: the filter',
    );
    expect(envoyPlaces('baseline')([frame('Envoy::Extensions::Common::Wasm::Context')])).toBe('Envoy: other');
  });

  it('sees that a filter called what a sample was taken in', () => {
    const under = isUnderFilter('wasm');
    expect(under([frame('google_malloc'), frame('Envoy::Extensions::Common::Wasm::Context')])).toBe(true);
    expect(under([frame('google_malloc'), frame('Envoy::Http::FilterManager')])).toBe(false);
    expect(under([...kernel('do_anonymous_page'), frame('x', 'jit', '')])).toBe(true);
  });
});

describe('nodePlace', () => {
  const js = (name: string) => nodePlace([frame(name, 'jit', '')]);

  it.each([
    ['JS:*answerTo file:///x/dist/ext-server-node/ext-proc/processor.js:40:1', 'JS: our code (job, answers)'],
    ['JS:*ProcessingRequest$decode :1:1', 'JS: protobufjs'],
    ['JS:*write file:///x/node_modules/@grpc/grpc-js/build/src/server-interceptors.js:1:1', 'JS: grpc-js'],
    ['JS:~onStreamRead node:internal/stream_base_commons:167:22', "JS: Node's streams and sockets"],
    ['JS:*respond node:internal/http2/core:1:1', "JS: Node's http2"],
    [
      'JS:*processTicksAndRejections node:internal/process/task_queues:67:35',
      "JS: Node's rest (timers, ticks, hooks)",
    ],
    ['Builtin:ArrayPush', 'V8: builtins'],
  ])('%s is %s', (name, place) => {
    expect(js(name)).toBe(place);
  });

  it.each([
    ['v8::internal::Scavenger::Process', 'V8: garbage collection'],
    ['v8::internal::compiler::Pipeline::Run', 'V8: compiling'],
    ['v8::internal::Runtime_GetProperty', 'V8: runtime'],
    ['Builtins_CallFunction_ReceiverIsAny', 'V8: builtins'],
    ['nghttp2_session_mem_recv', 'HTTP/2 in C++'],
    ['node::http2::Http2Session::OnStreamRead', 'HTTP/2 in C++'],
    ['uv__io_poll', 'Node in C++ (libuv, streams)'],
  ])('%s is %s', (name, place) => {
    expect(nodePlace([frame(name)])).toBe(place);
  });
});

it("counts what is V8's own by what it was called for", () => {
  const js = frame(
    'JS:*write file:///filterbench/node_modules/@grpc/grpc-js/build/src/call.js:1:1',
    'jit',
    '',
  );
  const gc = frame('v8::internal::Heap::CollectGarbage');
  expect(nodePlace([frame('Builtins_LoadIC'), js])).toBe('JS: grpc-js');
  expect(nodePlace([frame('_int_malloc', 'file', 'libc.so.6'), gc, js])).toBe('V8: garbage collection');
  expect(nodePlace([frame('_int_malloc', 'file', 'libc.so.6'), js])).toBe('memory allocation');
  expect(nodePlace([...kernel('tcp_sendmsg'), gc])).toBe('kernel: network');
});

describe('compiledServerPlace', () => {
  it.each([
    ['filterbench_core::words::Words::search', 'job (filterbench_core)'],
    ['<filterbench_ext_server::ext_proc::Conversation as tonic::Stream>::poll', 'our server'],
    ['h2::codec::framed_write::FramedWrite<T,B>::flush', 'HTTP'],
    ['prost::encoding::decode_varint', 'protobuf'],
    ['tokio::runtime::scheduler::current_thread::Context::enter', 'event loop (tokio)'],
    ['google.golang.org/grpc/internal/transport.(*http2Server).HandleStreams', 'gRPC'],
    ['runtime.gcDrain', 'Go: garbage collection'],
    ['_int_malloc', 'memory allocation'],
  ])('%s is %s', (name, place) => {
    expect(compiledServerPlace([frame(name)])).toBe(place);
  });

  it('says where there are no symbols', () => {
    expect(compiledServerPlace([{ ...frame('[ext-server]'), owner: null }])).toBe('server, without symbols');
  });
});
