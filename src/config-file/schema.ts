import { z } from 'zod';

const list = (what: string) => z.union([z.string(), z.array(z.string())], `${what}, or a list of them`);
const text = (what: string) => z.string(`${what} is needed`);
const flag = z.boolean('true or false is needed');

/**
 * filterbench.config.yaml: flags of a folder. Here is only the shape; what a value means is checked by its flag, so that file and
 * command line accept the same.
 */
export const configFileSchema = z.strictObject({
  envoy: list('a version such as 1.40.0, or a path').optional(),
  mechanisms: list('a mechanism or variant').optional(),
  variants: list('the path of a YAML file').optional(),
  scenarios: list('a scenario').optional(),
  profile: text('the name of a profile').optional(),
  budget: text('a time such as 90s, 10m or 1h').optional(),
  precision: text('a half-width such as 0.5us').optional(),
  rates: z
    .union([z.number(), z.array(z.number())], 'a number of requests a second, or a list of them')
    .optional(),
  seed: z.number('a whole number is needed').optional(),
  runtime: text('the name of a runtime').optional(),
  imageTemplate: text("an image's name").optional(),
  containerNetwork: text('the name of a mode').optional(),
  memory: text('a size such as 512m or 2g').optional(),
  client: text('the name of a client').optional(),
  portBase: z.number('a port is needed').optional(),
  out: text('the path of a folder').optional(),
  allowUnpinned: flag.optional(),
  strict: flag.optional(),
});
export type ConfigFile = z.infer<typeof configFileSchema>;
export type ConfigField = keyof ConfigFile;
