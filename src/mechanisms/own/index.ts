import { BadInputError } from '../../errors.js';
import { familyNames } from '../../scenarios/load.js';
import { openYamlFile } from '../../yaml-file.js';
import type { Variant } from '../types.js';
import { checkOwnVariant } from './check.js';
import { ownPaths } from './paths.js';
import { ownVariantSchema } from './schema.js';
import { ownVariant } from './variant.js';

/**
 * Reads filters that a user brings along, a YAML file each.
 * @throws BadInputError naming file, line and field; also where a file that one needs is missing, or two have one name.
 */
export async function readOwnVariants(files: readonly string[]): Promise<Variant[]> {
  const variants = new Map<string, { readonly variant: Variant; readonly from: string }>();
  for (const from of files) {
    const variant = await readOwnVariant(from);
    const before = variants.get(variant.id);
    if (before) {
      throw new BadInputError(
        `${before.from} and ${from} have one name: ${variant.id}`,
        'give each --variant a name of its own, and name each file once',
      );
    }
    variants.set(variant.id, { variant, from });
  }
  return [...variants.values()].map(({ variant }) => variant);
}

async function readOwnVariant(path: string): Promise<Variant> {
  const { value: file, complain } = await openYamlFile(path, ownVariantSchema);
  const paths = ownPaths(path, file);
  checkOwnVariant(file, paths, await familyNames(), complain);
  return ownVariant(file, paths);
}
