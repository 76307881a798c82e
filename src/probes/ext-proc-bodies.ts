import { type BodyPhase, replaceBody } from '../ext-server-node/ext-proc/body-mutation.js';
import { pass } from '../ext-server-node/ext-proc/wording.js';
import { ask, plainAnswer } from './ask.js';
import { inPlace, startProbed } from './place.js';
import { type Probe, probeOf } from './probe.js';
import { type Answering, type MessageSeen, openProcessor } from './servers/processor.js';
import { streamedBody } from './servers/streamed-body.js';

const modes = ['BUFFERED', 'BUFFERED_PARTIAL', 'STREAMED', 'FULL_DUPLEX_STREAMED'] as const;
type Mode = (typeof modes)[number];

const sentByClient = 'a request body, in three pieces';
// More than one read of Envoy's, so that a mode which streams shows it.
const sentByUpstream = 'a response body; '.repeat(3_000);

/** The change: another length, and visible at both ends of each chunk. */
const changed = (text: string) => `[${text.toUpperCase()}]`;
const unwrapped = (text: string) => text.replaceAll(/[[\]]/g, '');

/** Reads and changes bodies as the mode wants it. */
function changing(phase: BodyPhase, mode: Mode): () => Answering {
  if (mode === 'FULL_DUPLEX_STREAMED') return () => holdingBack(phase);
  return () => (message) =>
    message.text === undefined ? [] : [replaceBody(phase, [Buffer.from(changed(message.text))])];
}

/** Full duplex alone lets a server keep chunks, and answer in chunks of its own when all is there. */
function holdingBack(phase: BodyPhase): Answering {
  const kept: string[] = [];
  return ({ text, isLast }: MessageSeen) => {
    if (text === undefined) return [pass('request_headers', [])];
    kept.push(text);
    if (!isLast) return [];
    const whole = changed(kept.join(''));
    const half = Math.floor(whole.length / 2);
    return [
      streamedBody(phase, Buffer.from(whole.slice(0, half)), false),
      streamedBody(phase, Buffer.from(whole.slice(half)), true),
    ];
  };
}

function bodyProbe(phase: BodyPhase, mode: Mode): Probe {
  const side = phase === 'request_body' ? 'request' : 'response';
  const of = (asked: typeof phase, value: string, otherwise: string) => (asked === phase ? value : otherwise);
  const trailers = mode === 'FULL_DUPLEX_STREAMED' ? 'SEND' : 'SKIP';
  const id = `ext-proc/${side}-body-${mode.toLowerCase().replaceAll('_', '-')}`;
  const question = `can ext_proc read and change a ${side} body that is sent ${mode}?`;
  return probeOf({ id, claims: ['cap-extproc-body'], question }, (parts) =>
    inPlace(parts, async (place) => {
      await using server = await openProcessor(changing(phase, mode));
      await using envoy = await startProbed(place, {
        fragment: 'ext-proc-body',
        server: server.address,
        variables: () => ({
          request_body_mode: of('request_body', mode, 'NONE'),
          response_body_mode: of('response_body', mode, 'NONE'),
          request_trailer_mode: of('request_body', trailers, 'SKIP'),
          response_trailer_mode: of('response_body', trailers, 'SKIP'),
        }),
      });
      const request = { method: 'POST', headers: {}, body: sentByClient, pieces: 3 };
      const asked = await ask(
        place,
        envoy,
        request,
        phase === 'response_body' ? { headers: {}, body: sentByUpstream } : plainAnswer,
      );
      const original = phase === 'request_body' ? sentByClient : sentByUpstream;
      const arrived = phase === 'request_body' ? asked.upstream?.body : asked.client?.body;
      const chunks = server.seen.filter((message) => message.phase === phase);
      const read = chunks.map(({ text = '' }) => text).join('');
      const isChanged = arrived !== undefined && arrived !== null && arrived !== original;
      return {
        facts: {
          works: read === original && isChanged && unwrapped(arrived) === original.toUpperCase(),
          read: read === original,
          changed: isChanged,
          chunksSeen: chunks.length,
          status: asked.client?.status ?? null,
          bytesBefore: original.length,
          bytesAfter: arrived?.length ?? null,
        },
        exchanges: [asked.exchange(server.seen.map(shortened))],
        config: envoy.config,
        log: envoy.log(),
      };
    }),
  );
}

const keptChars = 64;

function shortened(message: MessageSeen): object {
  const { text } = message;
  return text === undefined ? message : { ...message, text: text.slice(0, keptChars), bytes: text.length };
}

/** Bodies each way, by every mode that lets a processor change them. */
export const extProcBodyProbes: readonly Probe[] = (['request_body', 'response_body'] as const).flatMap(
  (phase) => modes.map((mode) => bodyProbe(phase, mode)),
);
