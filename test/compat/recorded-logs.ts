// What real Envoys printed, with other folders.
const limit =
  'There is no configured limit to the number of allowed active downstream connections. Configure a limit in ' +
  '`envoy.resource_monitors.global_downstream_max_connections` resource monitor.';
const main = '[warning][main] [source/server/server.cc:1012]';
const began = `[2026-11-25 01:50:10.901][1037]${main} ${limit}\n`;
const ended =
  '[2026-11-25 01:50:11.023][1037][warning][main] [source/server/server.cc:1028] caught ENVOY_SIGTERM\n';

const symbol =
  'Failed to load dynamic module: Failed to load dynamic module: /opt/dynamic-module/v0.2/libfilterbench.so : ' +
  '/opt/dynamic-module/v0.2/libfilterbench.so: undefined symbol: envoy_dynamic_module_callback_http_get_body_chunks_size';
const critical = '[2026-11-25 01:50:05.001][840][critical][main] [source/server/server.cc:453]';

/** Logs of starts, as collected: at level warning, with what others print between. */
export const logs = {
  ambient: limit,
  quiet: `${began}${ended}`,
  deprecated:
    '[2026-11-25 01:50:10.344][1020][warning][dynamic_modules] [source/extensions/dynamic_modules/posix/dynamic_modules.cc:119] ' +
    'Dynamic module ABI version v0.1.0 is deprecated. Please recompile the module against the SDK with the exact Envoy ' +
    `version used by the main program.\n${began}${ended}`,
  refused: `${critical} error \`${symbol}\` initializing config '  /tmp/fb/7d595b/headers-dynamic-module-rust/envoy.yaml'\n${symbol}\n`,
  // Newer ones say it in an error of their own before, and mark messages that no program should parse.
  refusedByNewer:
    '[2026-11-25 01:50:10.111][1000][error][dynamic_modules] [source/extensions/dynamic_modules/posix/dynamic_modules.cc:41] ' +
    'Unable to load dynamic module /opt/dynamic-module/1.36/libfilterbench.so\n' +
    `${critical} error \`${symbol}\` initializing config 'goo.gle/debugonly    \n` +
    `  /tmp/fb/b4201d/headers-dynamic-module-rust/envoy.yaml'\n${symbol}\n`,
  lacking:
    `${critical} error \`Unable to parse JSON as proto (INVALID_ARGUMENT: could not find @type ` +
    "'type.googleapis.com/envoy.extensions.filters.http.transform.v3.TransformConfig'): " +
    '{"static_resources":{"clusters":[{"name":"echo","per_connection_buffer_limit_bytes":4194304}]}}\n',
  withoutWasm:
    '[2026-11-25 02:52:09.349][24180][warning][wasm] [source/extensions/common/wasm/wasm_vm.cc:102] Failed to create Wasm VM ' +
    'using envoy.wasm.runtime.v8 runtime. Envoy was compiled without support for it\n' +
    '[2026-11-25 02:52:09.350][24180][error][wasm] [source/extensions/common/wasm/wasm.cc:103] Wasm VM failed Failed to load Wasm code\n' +
    `${critical} error \`Unable to create Wasm plugin filterbench\` initializing config 'goo.gle/debugstr  \n` +
    "  /tmp/fb/7d595b/headers-wasm-rust/envoy.yaml'\nUnable to create Wasm plugin filterbench\n",
  unknownField:
    `${critical} error \`Protobuf message (type envoy.config.bootstrap.v3.Bootstrap reason INVALID_ARGUMENT: invalid JSON in ` +
    'envoy.config.bootstrap.v3.Bootstrap @ static_resources.listeners[0]: message ' +
    'envoy.extensions.filters.http.set_filter_state.v3.Config, near  1:1746 (offset 1745): no such field: ' +
    "'clear_route_cache') has unknown fields` initializing config '  /tmp/fb/envoy.yaml'\n",
  crash:
    `${began}[2026-11-25 01:51:10.111][1000][critical][backtrace] [./source/server/backtrace.h:113] Caught Segmentation fault, suspect faulting address 0x0\n` +
    '[2026-11-25 01:51:10.111][1000][critical][backtrace] [./source/server/backtrace.h:97] Backtrace (use tools/stack_decode.py to get line numbers):\n' +
    '[2026-11-25 01:51:10.111][1000][critical][backtrace] [./source/server/backtrace.h:98] Envoy version: 0/1.40.0/Clean/RELEASE/BoringSSL\n' +
    '[2026-11-25 01:51:10.112][1000][critical][backtrace] [./source/server/backtrace.h:121] #0: [0x7f0000000000]\n',
} as const;
