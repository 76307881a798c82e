import { type BodyJob, unchanged } from './job.js';
import { isEmptyObject, memberValue, openingBrace } from './json-member.js';

/** Makes `value` the value of the JSON body's top-level `field`; every other byte stays as it is. */
export function jsonRewriter(field: string, value: string): BodyJob {
  const newValue = Buffer.from(JSON.stringify(value));
  const newMember = Buffer.from(`${JSON.stringify(field)}:${JSON.stringify(value)}`);
  const newMemberBeforeOthers = Buffer.concat([newMember, Buffer.from(',')]);
  return (body) => {
    const has = hasMember(body, field);
    if (has === null) return unchanged;
    const old = has ? memberValue(body, field) : null;
    if (old && body.subarray(old.start, old.end).equals(newValue)) return unchanged;
    if (old)
      return { kind: 'replace', parts: [body.subarray(0, old.start), newValue, body.subarray(old.end)] };
    const behindBrace = openingBrace(body) + 1;
    const added = isEmptyObject(body) ? newMember : newMemberBeforeOthers;
    return { kind: 'replace', parts: [body.subarray(0, behindBrace), added, body.subarray(behindBrace)] };
  };
}

/** Whether the JSON object in `body` has a member `field`; null where there is no JSON object. */
function hasMember(body: Buffer, field: string): boolean | null {
  if (body.length === 0) return null;
  try {
    const json: unknown = JSON.parse(body.toString());
    if (json === null || typeof json !== 'object' || Array.isArray(json)) return null;
    return Object.hasOwn(json, field);
  } catch {
    return null;
  }
}
