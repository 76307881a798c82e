/** JSON by other means than the jobs: the whole text is parsed, and its members are found by its tokens. */

export interface Member {
  readonly name: string;
  /** The value's place in the text. */
  readonly start: number;
  readonly end: number;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The members of the object that `text` is, a character a byte, as they stand in it; null where it is no JSON object. */
export function naiveMembers(text: string): Member[] | null {
  if (!isObject(parsed(text))) return null;
  const members: Member[] = [];
  let depth = 0;
  let before = { text: '', end: 0 };
  let open: { name: string; start: number | null } | null = null;
  for (const { 0: here, index } of text.matchAll(token)) {
    const isEnd = depth === 1 && (here === ',' || here === '}');
    if (isEnd && open !== null && open.start !== null) {
      members.push({ name: open.name, start: open.start, end: before.end });
      open = null;
    }
    if (open !== null && open.start === null) open.start = index;
    if (depth === 1 && here === ':' && open === null) open = { name: JSON.parse(before.text), start: null };
    if (here === '{' || here === '[') depth += 1;
    if (here === '}' || here === ']') depth -= 1;
    before = { text: here, end: index + here.length };
  }
  return members;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(json: unknown): boolean {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** What a header can hold as it is: visible ASCII without a space at either end. */
const headerValue = /^[!-~](?:[ -~]*[!-~])?$/;

/** The text of the last top-level member `model`, or `none`. */
export function naiveModel(text: string): string {
  const last = naiveMembers(text)?.findLast(({ name }) => name === 'model');
  const model: unknown = last && JSON.parse(text.slice(last.start, last.end));
  return typeof model === 'string' && headerValue.test(model) ? model : 'none';
}

/** The text with the last top-level member `field` set, or with one more at its begin where it has none. */
export function naiveRewrite(text: string, field: string, value: string): string {
  const members = naiveMembers(text);
  if (members === null) return text;
  const last = members.findLast(({ name }) => name === field);
  if (last) return text.slice(0, last.start) + JSON.stringify(value) + text.slice(last.end);
  const inside = text.indexOf('{') + 1;
  const comma = members.length > 0 ? ',' : '';
  const member = `${JSON.stringify(field)}:${JSON.stringify(value)}${comma}`;
  return text.slice(0, inside) + member + text.slice(inside);
}
