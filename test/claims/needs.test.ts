import { expect, it } from 'vitest';
import {
  argumentsOf,
  benchBudget,
  benchNeed,
  commandText,
  compatNeed,
  mergeNeeds,
  withEffort,
} from '../../src/claims/needs.js';

it('what is compared is measured in one run, and everything else by one command each', () => {
  const needs = mergeNeeds([
    benchNeed(['headers'], ['lua', 'wasm/rust', 'lua']),
    compatNeed(['wasm/*', 'lua']),
    { command: 'faults', words: ['lua'] },
    benchNeed('all', ['cpp'], 2_000),
    { command: 'faults', words: ['lua', 'wasm'] },
    compatNeed(['wasm/*']),
  ]);
  expect(needs).toEqual([
    { command: 'compat', words: ['wasm', 'lua'] },
    { command: 'faults', words: ['lua', 'wasm'] },
    { command: 'bench', scenarios: 'all', variants: ['lua', 'wasm/rust', 'cpp'], rateRps: 2_000 },
  ]);
});

it('a need is a command that a user can type', () => {
  expect(commandText(benchNeed(['headers', 'redact'], ['lua', 'cpp']))).toBe(
    'filterbench bench --profile quick --scenarios headers,redact --mechanisms lua,cpp --out RUN',
  );
  expect(argumentsOf(benchNeed('all', ['cpp'], 500))).toEqual([
    ...['bench', '--profile', 'full', '--mechanisms', 'cpp', '--rate', '500'],
  ]);
  expect(commandText(compatNeed(['dynamic-module/*']))).toBe('filterbench compat dynamic-module --out RUN');
});

it('effort is told once, before what is measured', () => {
  const needs = withEffort([{ command: 'faults', words: ['lua'] }, benchNeed('all', ['cpp'])]);
  expect(needs.map(({ command }) => command)).toEqual(['faults', 'effort', 'bench']);
  expect(commandText(needs[1]!)).toBe('filterbench effort --out RUN');
});

it('measuring has what is left of the budget, and never next to nothing', () => {
  expect(benchBudget(5_400, 1_200.4)).toBe('4199s');
  expect(benchBudget(600, 900)).toBe('60s');
});
