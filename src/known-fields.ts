import { z } from 'zod';

/**
 * The fields that a schema knows at a place, for telling what an unknown one was probably meant to be.
 * @returns nothing where the place holds no object of a fixed shape.
 */
export function knownFields(schema: z.core.$ZodType, place: readonly PropertyKey[]): string[] {
  const objects = place.reduce<z.core.$ZodType[]>(
    (schemas, key) => schemas.flatMap(plain).flatMap((each) => below(each, key)),
    [schema],
  );
  const fields = objects
    .flatMap(plain)
    .flatMap((each) => (each instanceof z.ZodObject ? Object.keys(each.shape) : []));
  return [...new Set(fields)];
}

/** A schema without what is around it: each alternative of a union by itself. */
function plain(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return plain(schema.def.innerType);
  if (schema instanceof z.ZodLazy) return plain(schema.def.getter());
  if (schema instanceof z.ZodPipe) return plain(schema.def.in);
  // Of a discriminated union, too.
  if (schema instanceof z.ZodUnion) return schema.def.options.flatMap(plain);
  return [schema];
}

function below(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return [schema.def.element];
  if (schema instanceof z.ZodRecord) return [schema.def.valueType];
  if (!(schema instanceof z.ZodObject)) return [];
  const field: z.core.$ZodType | undefined = schema.shape[String(key)];
  return field === undefined ? [] : [field];
}
