import { type Random, seededRandom } from '../schedule/random.js';

/** What may be planted in prose, for a job to find. */
export type Planted = 'card' | 'word';

/** A body that is made from its description: alike wherever it is made, and small to send to the generator's process. */
export interface BodySpec {
  /** A chat request in JSON, as model servers take it, or plain text. */
  readonly kind: 'chat' | 'prose';
  /** The exact size. */
  readonly bytes: number;
  /** Of a chat. */
  readonly model?: string | undefined;
  /** What is put in, in turn, about every so many bytes; at least once where it fits. */
  readonly plant?: { readonly every: number; readonly of: readonly Planted[] } | undefined;
  /** The job's words: planted where `plant` says so, and nowhere else in the prose. */
  readonly words: readonly string[];
  /** Each body of a scenario has a text of its own. */
  readonly index: number;
}

/** A body as it stands, or what it is made from. */
export type BodySource = string | BodySpec;

const defaultModel = 'gpt-large';

/**
 * Makes a body; pure. All of it is ASCII.
 * @throws RangeError where the size leaves no room, or the words leave no vocabulary.
 */
export function buildBody({ kind, bytes, model = defaultModel, plant, words, index }: BodySpec): string {
  const random = seededRandom(index, 'body');
  const [head, tail] = kind === 'chat' ? chatFrame(model) : ['', ''];
  const room = bytes - head.length - tail.length;
  if (room < 1) throw new RangeError(`a ${kind} body of ${bytes} bytes has no room for its text`);
  return `${head}${prose(room, vocabularyWithout(words), plantings(plant, words, random), random)}${tail}`;
}

/** The JSON around a chat's prose. */
export function chatFrame(model: string = defaultModel): readonly [head: string, tail: string] {
  const head = `{"model":${JSON.stringify(model)},"messages":[{"role":"user","content":"`;
  return [head, '"}],"temperature":0.2}'];
}

const vocabulary =
  `a about above across after again along also always among and another around as at away back be
  because become before begin behind below between bridge bright bring build but by call carry change city clear close
  cloud coast cold come corner could country cross dark day deep door down each early earth east end enough evening every
  far field find first floor follow for forest from garden give go grass green ground grow hand harbour have hear high
  hill hold home hour house how in island it keep know lake land large last late lead leave letter light like line
  little long look low make many market meadow mill moon more morning mountain much near never new night north now of
  off often old on open or other our out over paper path people place plain plant quiet rain reach read rest river road
  roof room round run sail sand say sea see ship shore short side sky slow small snow so some song south spring stand
  star step still stone storm street summer sun take tall tell than that the then there they thing through tide time to
  together town tree turn under until up valley very village voice walk wall warm water way we weather well west when
  where which while white wide wind window winter with without wood word work world year yet you young`.split(
    /\s+/,
  );

/** The prose's own words without those that hold one of `words`; these are letters only, so none spans two of ours. */
export function vocabularyWithout(words: readonly string[]): string[] {
  return vocabulary.filter(
    (plain) => !words.some((word) => plain.includes(word) || capitalised(plain).includes(word)),
  );
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

interface Plantings {
  readonly every: number;
  next(): string;
}

function plantings(plant: BodySpec['plant'], words: readonly string[], random: Random): Plantings | null {
  if (!plant) return null;
  let planted = 0;
  return {
    every: plant.every,
    next() {
      const what = inTurn(plant.of, planted);
      planted += 1;
      return what === 'word' ? pick(words, random) : cardNumber(random);
    },
  };
}

function inTurn<T>(items: readonly T[], turn: number): T | undefined {
  return items[turn % items.length];
}

function pick(items: readonly string[], random: Random): string {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('there is nothing to pick from');
  return item;
}

const sentenceWords = { least: 6, most: 16 };

function prose(length: number, plain: readonly string[], plant: Plantings | null, random: Random): string {
  const parts: string[] = [];
  let written = 0;
  let wordsLeft = 0;
  // A body shorter than the distance gets one all the same, in its middle.
  let plantAt = plant === null ? length : Math.floor(Math.min(plant.every, length) / 2);
  const write = (part: string) => {
    parts.push(part, ' ');
    written += part.length + 1;
  };
  while (written < length) {
    if (plant && written >= plantAt) {
      const planted = plant.next();
      // One that would be cut is left away.
      if (written + planted.length + 1 < length) write(planted);
      plantAt += plant.every;
      continue;
    }
    const begins = wordsLeft === 0;
    if (begins)
      wordsLeft = Math.round(sentenceWords.least + random() * (sentenceWords.most - sentenceWords.least));
    wordsLeft -= 1;
    const word = pick(plain, random);
    write(`${begins ? capitalised(word) : word}${wordsLeft === 0 ? '.' : ''}`);
  }
  return `${parts.join('').slice(0, length - 1)}.`;
}

const cardDigits = 16;
const cardSeparators = ['', ' ', '-'] as const;

/** A number as on a payment card, with its check digit (ISO/IEC 7812-1, annex B). */
function cardNumber(random: Random): string {
  const digits = [4];
  while (digits.length < cardDigits - 1) digits.push(Math.floor(random() * 10));
  const sum = digits.reduce((total, digit, index) => total + (index % 2 === 0 ? doubled(digit) : digit), 0);
  digits.push((10 - (sum % 10)) % 10);
  const separator = cardSeparators[Math.floor(random() * cardSeparators.length)] ?? '';
  return digits.join('').replace(/\d{4}(?=\d)/g, (group) => group + separator);
}

function doubled(digit: number): number {
  return digit > 4 ? digit * 2 - 9 : digit * 2;
}
