import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/effort/counted-files.js';
import { selectSources } from '../../src/effort/select.js';
import { variantSources } from '../../src/effort/sources.js';
import { BadInputError, FailedError } from '../../src/errors.js';
import { variants } from '../../src/mechanisms/index.js';
import { packagePaths } from '../../src/paths.js';

const counted = variantSources.map(({ variant, shell, job }) => ({
  variant,
  shell: linesOf(shell),
  job: linesOf(job),
}));
const allFiles = new Set(counted.flatMap(({ shell, job }) => [...shell.files, ...job.files]));

describe('the sources of variants', () => {
  it('are those of variants that there are, in their order', () => {
    const ids = variants.map(({ id }) => id);
    const places = variantSources.map(({ variant }) => ids.indexOf(variant));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it.each(counted)('of $variant are code, each file in one half only', ({ variant, shell, job }) => {
    expect(job.lines).toBeGreaterThan(0);
    expect(job.files.filter((file) => shell.files.includes(file))).toEqual([]);
    // Envoy takes these two as they are.
    expect(shell.lines > 0).toBe(variant !== 'cpp' && variant !== 'lua');
  });

  it('hold no test, and no work of a calibration', () => {
    const suspicious = [...allFiles].filter((file) => /test|calibrat|recording|README/.test(file));
    expect(suspicious).toEqual([]);
  });

  it('hold no module that Rust compiles for tests only', () => {
    const declared = [...allFiles].flatMap((file) =>
      [...readFileSync(join(packagePaths.root, file), 'utf8').matchAll(testModule)].map(([, path, name]) =>
        path === undefined ? join(folderOf(file), `${name}.rs`) : join(dirname(file), path),
      ),
    );
    expect(declared.length).toBeGreaterThan(5);
    expect(declared.filter((path) => allFiles.has(path))).toEqual([]);
  });

  it('of one language share what the jobs take', () => {
    const jobOf = (variant: string) => counted.find((each) => each.variant === variant)?.job;
    expect(jobOf('wasm/c')).toEqual(jobOf('dynamic-module/c'));
    expect(jobOf('wasm/go')).toEqual(jobOf('dynamic-module/go'));
    expect(jobOf('ext-proc/rust')).toEqual(jobOf('dynamic-module/rust'));
  });

  it('leave out no file of the servers but those of other protocols and of calibrations', () => {
    const rust = filesUnder('filters/ext-server/src');
    const other = /\/(?:authz_http|ext_proc_http|bad_request|helper|work)\.rs$|\/ext_proc_http\//;
    expect(rust.filter((file) => !allFiles.has(file) && !other.test(file))).toEqual([]);
    const node = filesUnder('src/ext-server-node');
    expect(node.filter((file) => !allFiles.has(file))).toEqual(['src/ext-server-node/ext-authz/http.ts']);
  });

  it('leave out no file of AssemblyScript', () => {
    const folder = 'filters/wasm-assemblyscript/assembly';
    expect(filesUnder(folder).filter((file) => file.endsWith('.ts') && !allFiles.has(file))).toEqual([]);
  });

  it('must be there', () => {
    expect(() => linesOf({ paths: ['filters/nowhere'] })).toThrow(FailedError);
  });

  it('are chosen by words, and a word that fits none is told', () => {
    expect(selectSources([])).toEqual(variantSources);
    expect(selectSources(['lua', '/go']).map(({ variant }) => variant)).toEqual([
      'lua',
      'wasm/go',
      'dynamic-module/go',
    ]);
    expect(() => selectSources(['lua', 'cobol'])).toThrow(BadInputError);
  });
});

const testModule = /#\[cfg\(test\)\]\s*(?:#\[path = "([^"]+)"\]\s*)?(?:pub )?mod (\w+);/g;

/** Where a file's own modules are. */
function folderOf(file: string): string {
  const name = basename(file, '.rs');
  return ['mod', 'lib', 'main'].includes(name) ? dirname(file) : join(dirname(file), name);
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(packagePaths.root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(path) : [path];
    })
    .sort();
}
