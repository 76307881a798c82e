// What the module calls in Envoy: Proxy-Wasm ABI 0.2.1, as far as the jobs need it.

export const STATUS_OK: u32 = 0;
export const STATUS_NOT_FOUND: u32 = 1;
export const LOG_ERROR: u32 = 4;
export const REQUEST_HEADERS: u32 = 0;
export const RESPONSE_HEADERS: u32 = 2;
export const HTTP_REQUEST_BODY: u32 = 0;
export const PLUGIN_CONFIGURATION: u32 = 7;

/** What a callback answers. */
export const ACTION_CONTINUE: u32 = 0;
export const ACTION_PAUSE: u32 = 1;

@external('env', 'proxy_log')
export declare function proxy_log(level: u32, message: usize, length: usize): u32;

/** Copies a part of a buffer into memory that it asks `proxy_on_memory_allocate` for. */
@external('env', 'proxy_get_buffer_bytes')
export declare function proxy_get_buffer_bytes(
  buffer: u32,
  start: usize,
  most: usize,
  bytes: usize,
  length: usize,
): u32;

/** Copies a header's value likewise. */
@external('env', 'proxy_get_header_map_value')
export declare function proxy_get_header_map_value(
  map: u32,
  name: usize,
  nameLength: usize,
  value: usize,
  valueLength: usize,
): u32;

/** Sets a header, in place of all values that it has. */
@external('env', 'proxy_replace_header_map_value')
export declare function proxy_replace_header_map_value(
  map: u32,
  name: usize,
  nameLength: usize,
  value: usize,
  valueLength: usize,
): u32;

@external('env', 'proxy_send_local_response')
export declare function proxy_send_local_response(
  status: u32,
  details: usize,
  detailsLength: usize,
  body: usize,
  bodyLength: usize,
  headers: usize,
  headersLength: usize,
  grpcStatus: i32,
): u32;

/** Where Envoy writes an address and a length that it hands over. */
const handedOver = memory.data(8);

/** A buffer's bytes; `given` and `givenLength` tell where. */
export function getBuffer(buffer: u32, most: usize): u32 {
  store<u64>(handedOver, 0);
  return proxy_get_buffer_bytes(buffer, 0, most, handedOver, handedOver + 4);
}

/** A header's first value likewise. */
export function getHeader(map: u32, name: usize, nameLength: usize): u32 {
  store<u64>(handedOver, 0);
  return proxy_get_header_map_value(map, name, nameLength, handedOver, handedOver + 4);
}

// @ts-ignore: decorator
@inline
export function given(): usize {
  return load<usize>(handedOver);
}

// @ts-ignore: decorator
@inline
export function givenLength(): usize {
  return load<usize>(handedOver, 4);
}
