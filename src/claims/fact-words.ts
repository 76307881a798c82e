import type { Observation } from './data.js';

type Value = Observation['facts'][string];

// What is seen, as a sentence; a fact that is not here is told by its name and value.
const sentences: Readonly<Record<string, { readonly yes: string; readonly no: string }>> = {
  envoyLives: { yes: 'Envoy lives', no: 'Envoy dies' },
  harmsNeighbours: {
    yes: 'requests that do not go through the filter are harmed',
    no: 'requests that do not go through the filter are served',
  },
  recovered: { yes: 'all is well again by itself', no: 'it is not well again by itself' },
  works: { yes: 'it works', no: 'it does not work' },
  took: { yes: 'the new version serves', no: 'the new version never serves' },
  requestHeaderSet: { yes: 'a header of the request is set', no: 'no header of the request is set' },
  responseHeaderSet: { yes: 'a header of the response is set', no: 'no header of the response is set' },
  responseBodyChanged: { yes: 'the body of the response is changed', no: 'no body of a response is changed' },
  responseSeen: { yes: 'the response is seen', no: 'no response is seen' },
};

/** `Envoy lives`; `lost is 0`. */
export function factText(fact: string, value: Value): string {
  const sentence = sentences[fact];
  if (sentence !== undefined && typeof value === 'boolean') return value ? sentence.yes : sentence.no;
  return `${fact.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} is ${value}`;
}

/** `wasm/c:loop@FAIL_CLOSED` of `fault/wasm/c:loop@FAIL_CLOSED`: what kind of observation it is the fact tells. */
export function placeText(id: string): string {
  return id.replace(/^(?:fault|probe|compat)\//, '');
}
