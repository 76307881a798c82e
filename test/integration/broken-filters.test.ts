import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { selectVariants, type Variant } from '../../src/mechanisms/index.js';
import { startExtProcServer } from '../support/ext-proc-server.js';
import { tryArm } from '../support/one-arm.js';

const dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
afterAll(() => rmSync(dir, { recursive: true }));

function variant(id: string): Variant {
  return selectVariants([id]).find((candidate) => candidate.id === id)!;
}

function lua(script: string): Variant {
  return { ...variant('lua'), variables: () => ({ script }) };
}

/** The variant asking a server of the test in place of its own. */
function asking(id: string, port: number): Variant {
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  return { ...variant(id), server: null, variables: () => ({ server: address }) };
}

describe('a filter that is broken on purpose comes out invalid', () => {
  it('Lua with a syntax error: Envoy refuses it', async () => {
    const { verdict } = await tryArm(lua('function ('), 'headers');
    expect(verdict.status).toBe('invalid');
    expect(verdict.reason).toMatch(/^validation: .*script load error/s);
  });

  it('Lua with a run-time error reads like a fast filter, but its counter gives it away', async () => {
    const broken = 'function envoy_on_request(h) local x = nil; x() end\nfunction envoy_on_response(h) end';
    const { verdict, evidence } = await tryArm(lua(broken), 'noop');
    expect(verdict.status).toBe('invalid');
    expect(verdict.reason).toMatch(/lua\.errors is \d+, expected 0/);
    // Nothing else would have noticed.
    expect(evidence.filter(({ kind }) => kind === 'proof').every(({ passed }) => passed)).toBe(true);
  });

  it('a Wasm module that traps', async () => {
    const text = `(module
      (memory (export "memory") 1)
      (func (export "proxy_abi_version_0_2_0"))
      (func (export "proxy_on_memory_allocate") (param i32) (result i32) i32.const 1024)
      (func (export "proxy_on_context_create") (param i32 i32))
      (func (export "proxy_on_vm_start") (param i32 i32) (result i32) i32.const 1)
      (func (export "proxy_on_configure") (param i32 i32) (result i32) i32.const 1)
      (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32) unreachable))`;
    const path = join(dir, 'trap.wasm');
    const { parseWat } = await wabt();
    writeFileSync(path, parseWat('trap.wat', text).toBinary({}).buffer);
    const trapping = {
      ...variant('wasm/rust'),
      artefacts: () => [path],
      variables: () => ({ module: path }),
    };
    const { verdict } = await tryArm(trapping, 'headers');
    expect(verdict.status).toBe('invalid');
    expect(verdict.reason).toMatch(/before-load, .*(status 50\d|reset|hang up)/);
  });

  it('a dynamic module that forgets the response header', async () => {
    const job = JSON.stringify({ job: 'headers', request: { 'x-bench-request': 'filterbench' } });
    const forgetful = { ...variant('dynamic-module/rust'), variables: () => ({ job }) };
    const { verdict } = await tryArm(forgetful, 'headers');
    expect(verdict).toMatchObject({
      status: 'invalid',
      reason: expect.stringContaining('response header x-bench-response is absent'),
    });
  });

  it('an external server that answers nothing', async () => {
    await using server = await startExtProcServer(() => undefined);
    const { verdict } = await tryArm(asking('ext-proc/rust', server.port), 'headers');
    expect(verdict.status).toBe('invalid');
    expect(verdict.reason).toMatch(/before-load/);
  });

  it('an external server that answers wrongly', async () => {
    await using server = await startExtProcServer((call, { request }) => {
      const name = request === 'request_headers' ? 'x-bench-request' : 'x-bench-response';
      const header = { key: name, raw_value: Buffer.from('something else') };
      const set = { header, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' };
      call.write({ [request]: { response: { header_mutation: { set_headers: [set] } } } });
    });
    const { verdict } = await tryArm(asking('ext-proc/rust', server.port), 'headers');
    expect(verdict.status).toBe('invalid');
    expect(verdict.reason).toContain('x-bench-request is "something else", expected "filterbench"');
  });

  it('while each of them unbroken is valid', async () => {
    for (const id of ['lua', 'wasm/rust', 'dynamic-module/rust', 'ext-proc/rust']) {
      const { verdict } = await tryArm(variant(id), 'headers');
      expect(verdict, id).toEqual({ status: 'valid', reason: null });
    }
  });
});
