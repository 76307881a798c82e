import type { YamlFile } from '../yaml-file.js';
import { chatFrame, vocabularyWithout } from './bodies.js';
import { type FilledFile, wordsOf } from './expand.js';
import { linkTemplate } from './scenario.js';
import type { LoadBody, ScenarioFile } from './schema.js';

type Complain = YamlFile<ScenarioFile>['complain'];
type Field = readonly (string | number)[];

/**
 * What a schema cannot say of bodies: that phases, series, load and words fit together.
 * @throws BadInputError naming file, line and field.
 */
export function checkBodies(file: FilledFile, complain: Complain): void {
  checkSeries(file, complain);
  checkWords(file, complain);
  checkLoad(file, complain);
  checkAnswer(file, complain);
  for (const [index, { request }] of file.cases.entries()) {
    const { body, pieces = 1 } = request;
    if (pieces === 1) continue;
    const field = ['cases', index, 'request', 'pieces'];
    if (body === undefined) throw complain(field, 'there is no body to send in pieces');
    if (Buffer.byteLength(body) < pieces)
      throw complain(field, `a body of ${body.length} bytes has fewer pieces`);
  }
}

function checkSeries({ series, phases, job }: FilledFile, complain: Complain): void {
  if ((series?.quantity === 'filters') !== JSON.stringify(job).includes(linkTemplate))
    throw complain(['job'], `a series of filters and ${linkTemplate} in the job go together`);
  if (series?.quantity !== 'bodyKiB') return;
  if (phases.includes('request-body') || phases.includes('response-body')) return;
  throw complain(['series', 'quantity'], 'bodyKiB needs request-body or response-body among the phases');
}

function checkWords({ job }: FilledFile, complain: Complain): void {
  const field = ['job', 'words'];
  const words = wordsOf(job);
  const odd = words.find((word) => !/^[A-Za-z]+$/.test(word));
  if (odd !== undefined) throw complain(field, `"${odd}" is not made of ASCII letters only`);
  if (vocabularyWithout(words).length === 0) throw complain(field, 'nothing is left to make prose of');
}

function checkLoad(file: FilledFile, complain: Complain): void {
  const wants = file.phases.includes('request-body');
  if (file.headersWait && !wants)
    throw complain(['headersWait'], 'headers wait for a body, and request-body is not among the phases');
  if (wants && !file.load.some(({ request }) => request.body))
    throw complain(['load'], 'request-body is among the phases, but no request has a body');
  for (const [index, { request }] of file.load.entries()) {
    if (!request.body) continue;
    const field = ['load', index, 'request', 'body'];
    if (!wants) throw complain(field, 'a body needs request-body among the phases');
    if (request.method !== 'POST' && request.method !== 'PUT')
      throw complain(field, `a body needs the method POST or PUT, not ${request.method}`);
    checkMade(request.body, field, file, complain);
  }
}

function checkAnswer(file: FilledFile, complain: Complain): void {
  const wants = file.phases.includes('response-body');
  if (!file.upstream) {
    if (wants) throw complain(['phases'], 'response-body needs upstream.answer, the body that comes back');
    return;
  }
  const field = ['upstream', 'answer'];
  if (!wants) throw complain(field, 'an answer needs response-body among the phases');
  checkMade(file.upstream.answer, field, file, complain);
}

function checkMade(body: LoadBody, field: Field, { series, job }: FilledFile, complain: Complain): void {
  if (series?.quantity !== 'bodyKiB')
    throw complain(field, 'its size is a value of the series, and there is no series of bodyKiB');
  const words = wordsOf(job);
  if (body.plant?.of.includes('word') && words.length === 0)
    throw complain([...field, 'plant', 'of'], 'the job has no list "words" to plant one of');
  if (body.kind !== 'chat') return;
  const frame = chatFrame(body.model).join('');
  const accident = words.find((word) => frame.includes(word));
  if (accident !== undefined)
    throw complain(field, `every chat request holds the job's word "${accident}": ${frame}`);
}
