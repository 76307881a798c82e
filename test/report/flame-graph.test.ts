import { describe, expect, it } from 'vitest';
import { boxesOf } from '../../src/report/flame-graph/boxes.js';
import { drawFlameGraph } from '../../src/report/flame-graph/index.js';

const stacks: [string, number][] = [
  ['envoy;b;c', 3],
  ['envoy;a', 5],
  ['envoy;b', 2],
  ['server;x', 10],
];

describe('boxesOf', () => {
  it('puts functions on their callers, as wide as their samples', () => {
    expect(boxesOf(stacks, 1)).toEqual([
      { name: 'envoy', from: 0, to: 10, depth: 0 },
      { name: 'a', from: 0, to: 5, depth: 1 },
      { name: 'b', from: 5, to: 10, depth: 1 },
      { name: 'c', from: 5, to: 8, depth: 2 },
      { name: 'server', from: 10, to: 20, depth: 0 },
      { name: 'x', from: 10, to: 20, depth: 1 },
    ]);
  });

  it('leaves narrow boxes out, and their room empty', () => {
    expect(boxesOf(stacks, 5).map(({ name, from }) => [name, from])).toEqual([
      ['envoy', 0],
      ['a', 0],
      ['b', 5],
      ['server', 10],
      ['x', 10],
    ]);
    expect(boxesOf([], 1)).toEqual([]);
  });
});

describe('drawFlameGraph', () => {
  it('is one SVG by itself, with names where they fit', async () => {
    const svg = await drawFlameGraph('headers/wasm/rust', [...stacks, ['envoy;tcp_sendmsg_[k]', 9]]);
    expect(svg).toMatch(/^<svg role="img" aria-label="Flame graph of headers\/wasm\/rust: 29 samples/);
    expect(svg).toContain('>server<');
    // The suffix is a mark for viewers, and a colour here.
    expect(svg).toContain('>tcp_sendmsg<');
    expect(svg).not.toMatch(/<(script|image|link)|href=/);
  });

  it('is the same to the byte for the same stacks', async () => {
    expect(await drawFlameGraph('x', stacks)).toBe(await drawFlameGraph('x', stacks));
  });

  it('keeps what names would do to XML out of it', async () => {
    const svg = await drawFlameGraph('x', [['envoy;std::function<void ()> & "more"', 5]]);
    expect(svg).toContain('std::function&lt;void ()&gt; &amp;');
  });
});
