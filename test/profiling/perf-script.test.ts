import { describe, expect, it } from 'vitest';
import { readSamples, type StackSample } from '../../src/profiling/sampling/perf-script.js';

async function read(text: string): Promise<StackSample[]> {
  async function* lines() {
    yield* text.split('\n');
  }
  const samples: StackSample[] = [];
  for await (const sample of readSamples(lines())) samples.push(sample);
  return samples;
}

describe('readSamples', () => {
  it('reads processes and their stacks', async () => {
    const samples = await read(
      [
        '   13498/13505 ',
        '\tffffffff82022539 tcp_rcv_established ([kernel.kallsyms])',
        '\t          10aba4 __send (/usr/lib/x86_64-linux-gnu/libc.so.6)',
        '\t         55e4cc2 [unknown] (/cache/envoy)',
        '',
        '13499/13499',
        '\t    3b29af49207b [unknown] (/tmp/perf-13498.map)',
        '',
      ].join('\n'),
    );
    expect(samples.map(({ pid, frames }) => [pid, frames.length])).toEqual([
      [13498, 3],
      [13499, 1],
    ]);
    expect(samples[0]!.frames[1]).toEqual({
      place: 0x10aba4,
      symbol: '__send',
      object: '/usr/lib/x86_64-linux-gnu/libc.so.6',
    });
    expect(samples[0]!.frames[2]!.symbol).toBeNull();
  });

  it('reads names with blanks and brackets, and files that were deleted', async () => {
    const names = [
      ['std::function<void (int)>::operator()(int) const', '/usr/bin/node'],
      ['JS:*decode file:///x/y.js:1:2', '/tmp/perf-1.map'],
      ['<h2::Frame as core::fmt::Debug>::fmt', '/x (1)/server'],
    ] as const;
    const text = names.map(([name, object]) => `1/1\n\t 10 ${name} (${object})\n`).join('\n');
    const samples = await read(text);
    expect(samples.map(({ frames: [frame] }) => [frame!.symbol, frame!.object])).toEqual(names);
    const [deleted] = await read('1/1\n\t 10 [unknown] (/x/libfilterbench.so (deleted))\n');
    expect(deleted!.frames[0]!.object).toBe('/x/libfilterbench.so');
  });

  it('takes a sample without a stack, and one that the file ends with', async () => {
    expect(await read('7/7\n\n8/8')).toEqual([
      { pid: 7, frames: [] },
      { pid: 8, frames: [] },
    ]);
    expect(await read('')).toEqual([]);
  });

  it.each([
    ['a stack without a process', '\t 10 main (/x)\n'],
    ['a line that is no function', '1/1\n  what is this\n'],
    ['a function without a file', '1/1\n\t 10 main\n'],
  ])('refuses %s, and shows it', async (_, text) => {
    await expect(read(text)).rejects.toThrow(/does not understand: ".+"/);
  });
});
