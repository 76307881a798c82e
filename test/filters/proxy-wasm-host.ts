import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

/** A request as a test sends it; the body comes in these pieces. */
export interface TestRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: readonly string[];
}

/** What a filter made of a request. */
export interface Outcome {
  readonly request: Record<string, string>;
  readonly response: Record<string, string>;
  readonly reply: { readonly status: number; readonly body: string } | null;
  /** How often the module called its host. */
  readonly hostCalls: number;
}

// Node has it, but TypeScript knows it by the browser's library only.
interface WebAssemblyApi {
  readonly Module: {
    new (bytes: Uint8Array): object;
    imports(module: object): readonly { readonly module: string; readonly name: string }[];
  };
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
}
const { Instance, Module } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;

type Exported = Readonly<Record<string, (...args: number[]) => number>>;
const continued = 0;
const ok = 0;
const notFound = 1;

// An SDK imports more than its module ever calls.
function refusals(module: object): Record<string, () => never> {
  const names = Module.imports(module).filter(({ module }) => module === 'env');
  return Object.fromEntries(
    names.map(({ name }) => [
      name,
      () => {
        throw new Error(`this host has no ${name}`);
      },
    ]),
  );
}

/** An Envoy for tests: as much of Proxy-Wasm's host as the modules of filters/ call. */
export class ProxyWasmHost {
  readonly log: string[] = [];
  #exports: Exported;
  #memory: { readonly buffer: ArrayBuffer };
  #maps = new Map<number, Record<string, string>>();
  #buffers = new Map<number, Buffer>();
  #reply: Outcome['reply'] = null;
  #hostCalls = 0;
  #lastId = 0;

  constructor(path: string) {
    const module = new Module(readFileSync(path));
    const wasi = new WASI({ version: 'preview1' });
    const env = { ...refusals(module), ...this.#imports() };
    const instance = new Instance(module, { env, wasi_snapshot_preview1: wasi.wasiImport });
    const { exports } = instance;
    this.#memory = exports.memory as { readonly buffer: ArrayBuffer };
    this.#exports = exports as Exported;
    wasi.initialize(instance);
  }

  /** Makes a plugin of a configuration. @returns its id, or null where it was refused. */
  configure(configuration: string): number | null {
    const id = this.#create(0);
    this.#buffers.set(7, Buffer.from(configuration));
    return this.#call('proxy_on_configure', id, Buffer.byteLength(configuration)) === 1 ? id : null;
  }

  /** Opens a stream, which `send` uses and `close` ends. */
  open(plugin: number): number {
    return this.#create(plugin);
  }

  close(stream: number): void {
    this.#call('proxy_on_delete', stream);
  }

  /** Sends a request through, and a response back where none was given. */
  send(stream: number, { headers = {}, body = [] }: TestRequest): Outcome {
    const [request, response] = [{ ...headers }, {}];
    this.#maps = new Map([
      [0, request],
      [2, response],
    ]);
    this.#reply = null;
    this.#hostCalls = 0;
    this.#call('proxy_on_request_headers', stream, 0, body.length === 0 ? 1 : 0);
    let buffered = Buffer.alloc(0);
    for (const [i, piece] of body.entries()) {
      if (this.#reply !== null) break;
      buffered = Buffer.concat([buffered, Buffer.from(piece)]);
      this.#buffers.set(0, buffered);
      const isEnd = i === body.length - 1;
      const action = this.#call('proxy_on_request_body', stream, buffered.length, isEnd ? 1 : 0);
      if (action === continued) buffered = Buffer.alloc(0);
    }
    if (this.#reply === null) this.#call('proxy_on_response_headers', stream, 0, 0);
    return { request, response, reply: this.#reply, hostCalls: this.#hostCalls };
  }

  #create(parent: number): number {
    this.#lastId += 1;
    this.#call('proxy_on_context_create', this.#lastId, parent);
    return this.#lastId;
  }

  #call(name: string, ...args: number[]): number {
    const callback = this.#exports[name];
    if (!callback) throw new Error(`the module has no ${name}`);
    return callback(...args);
  }

  #text(at: number, length: number): string {
    return Buffer.from(this.#memory.buffer, at, length).toString('latin1');
  }

  #handOver(bytes: Buffer, at: number, length: number): number {
    // Envoy asks for no memory for nothing.
    const place = bytes.length === 0 ? 0 : this.#call('proxy_on_memory_allocate', bytes.length);
    bytes.copy(Buffer.from(this.#memory.buffer, place, bytes.length));
    const view = new DataView(this.#memory.buffer);
    view.setUint32(at, place, true);
    view.setUint32(length, bytes.length, true);
    return ok;
  }

  #imports() {
    const counted =
      (call: (...args: number[]) => number) =>
      (...args: number[]) => {
        this.#hostCalls += 1;
        return call(...args.map((value) => value >>> 0));
      };
    return {
      proxy_log: counted((_level = 0, at = 0, length = 0) => {
        this.log.push(this.#text(at, length));
        return ok;
      }),
      proxy_get_buffer_bytes: counted((buffer = 0, start = 0, most = 0, at = 0, length = 0) => {
        const bytes = this.#buffers.get(buffer);
        return bytes ? this.#handOver(bytes.subarray(start, start + most), at, length) : notFound;
      }),
      proxy_get_header_map_value: counted((map = 0, name = 0, nameLength = 0, at = 0, length = 0) => {
        const value = this.#maps.get(map)?.[this.#text(name, nameLength)];
        return value === undefined ? notFound : this.#handOver(Buffer.from(value), at, length);
      }),
      proxy_replace_header_map_value: counted((map = 0, name = 0, nameLength = 0, at = 0, length = 0) => {
        const headers = this.#maps.get(map);
        if (headers) headers[this.#text(name, nameLength)] = this.#text(at, length);
        return headers ? ok : notFound;
      }),
      proxy_send_local_response: counted(
        (status = 0, _details = 0, _length = 0, body = 0, bodyLength = 0) => {
          this.#reply = { status, body: this.#text(body, bodyLength) };
          return ok;
        },
      ),
    };
  }
}
