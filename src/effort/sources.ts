/** Files of this package that belong together; folders stand for all that is in them. */
export interface Sources {
  /** Under the package's root, with `/`. */
  readonly paths: readonly string[];
  /** What is not among them. */
  readonly without?: RegExp;
}

/** What a variant is written as. */
export interface VariantSources {
  readonly variant: string;
  /** What its mechanism asks for, whatever the job. */
  readonly shell: Sources;
  /** What the jobs take; variants in one language share it. */
  readonly job: Sources;
}

const none: Sources = { paths: [] };

/**
 * Left out of every count: tests, what stands in for Envoy in them, and the work of `filterbench calibrate`, which is no job of a
 * user's filter.
 */
export const leftOut =
  /_tests?\.(?:rs|go)$|\/abi\/recording\.rs$|\/(?:calibrate|calibration|helper|work)\.(?:rs|lua)$/;

const rustCore = 'filters/core/src';
// Where a processor has an assembler or vectors, the job uses them; Wasm has its own ways.
const nativeRust: Sources = { paths: [rustCore], without: /\/(?:signatures_pure|by_stride)\.rs$/ };
const wasmRust: Sources = { paths: [rustCore], without: /\/(?:signatures_native|by_vectors)\.rs$/ };
const cCore: Sources = { paths: ['filters/c-core'] };
const goCore: Sources = { paths: ['filters/go/core'] };

const assemblyscript = 'filters/wasm-assemblyscript/assembly';
const assemblyscriptShell = ['contexts', 'heap', 'host', 'index'].map(
  (name) => `${assemblyscript}/${name}.ts`,
);
const isAssemblyscriptShell = /\/(?:contexts|heap|host|index)\.ts$/;

const server = 'filters/ext-server/src';
// Answering both protocols by gRPC, and being a process that one can start and stop.
const serverShell = [
  ...['main', 'flags', 'jobs', 'counts', 'answers', 'chain', 'encoded', 'grpc', 'set_header'].map(
    (name) => `${server}/${name}.rs`,
  ),
  'filters/service/src',
];

const node = 'src/ext-server-node';
const nodeJobs: Sources = { paths: [`${node}/jobs`] };
const nodeShell = [
  ...['address', 'admin', 'counts', 'flags', 'listen', 'main', 'serve'].map((name) => `${node}/${name}.ts`),
  `${node}/grpc`,
];

/** Every variant whose effort is told, in the order of the mechanisms; its siblings by another transport or mode take the same. */
export const variantSources: readonly VariantSources[] = [
  // A built-in filter is configured, not written.
  { variant: 'cpp', shell: none, job: { paths: ['envoy-configs/cpp'] } },
  // Envoy takes the script as it is.
  { variant: 'lua', shell: none, job: { paths: ['filters/lua'] } },
  { variant: 'wasm/rust', shell: { paths: ['filters/wasm/src'] }, job: wasmRust },
  { variant: 'wasm/c', shell: { paths: ['filters/wasm-c'] }, job: cCore },
  {
    variant: 'wasm/assemblyscript',
    shell: { paths: assemblyscriptShell },
    job: { paths: [assemblyscript], without: isAssemblyscriptShell },
  },
  { variant: 'wasm/go', shell: { paths: ['filters/go/wasm'] }, job: goCore },
  {
    variant: 'dynamic-module/rust',
    // Of the ABI's generations the one that Envoy has now.
    shell: { paths: ['filters/dynamic-module/src'], without: /\/v1_36(?:_body)?\.rs$/ },
    job: nativeRust,
  },
  { variant: 'dynamic-module/c', shell: { paths: ['filters/dynamic-module-c'] }, job: cCore },
  {
    variant: 'dynamic-module/go',
    shell: { paths: ['filters/go/dynamic-module'], without: /_1_37\.go$/ },
    job: goCore,
  },
  {
    variant: 'ext-proc/rust',
    shell: { paths: [...serverShell, `${server}/ext_proc.rs`, `${server}/ext_proc`] },
    job: nativeRust,
  },
  {
    variant: 'ext-proc/typescript',
    shell: { paths: [...nodeShell, `${node}/ext-proc`] },
    job: nodeJobs,
  },
  {
    variant: 'ext-authz/rust-grpc',
    shell: { paths: [...serverShell, `${server}/authz_grpc.rs`, `${server}/authz_grpc`] },
    job: nativeRust,
  },
  {
    variant: 'ext-authz/typescript-grpc',
    shell: { paths: [...nodeShell, `${node}/ext-authz`], without: /\/http\.ts$/ },
    job: nodeJobs,
  },
];
