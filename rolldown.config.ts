import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig, type RenderedChunk } from 'rolldown';

/** The folder of the package that a module is of; undefined for a module of our own. */
function packageOf(module: string): string | undefined {
  if (!module.includes('node_modules')) return undefined;
  const isPackage = (folder: string) =>
    existsSync(join(folder, 'package.json')) &&
    'name' in JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (let folder = dirname(module); folder.includes('node_modules'); folder = dirname(folder))
    if (isPackage(folder)) return folder;
  return undefined;
}

/** Licences ask that they go where the code goes; those of one wording are told once. */
function licences({ modules }: RenderedChunk): string {
  const folders = new Set(Object.keys(modules).flatMap((module) => packageOf(module) ?? []));
  const packagesOfText = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const text = readFileSync(join(folder, 'LICENSE'), 'utf8').trim();
    packagesOfText.set(text, [...(packagesOfText.get(text) ?? []), `${name} ${version}`]);
  }
  const told = [...packagesOfText].map(([text, names]) => `${names.join(', ')}:\n${text}`);
  return `/*! This script holds:\n\n${told.join('\n\n')}\n*/`;
}

// HTML would take these for an end or a beginning of the script that they stand in.
const endsScript = /<\/?script|<!--/i;

/** The one script of report.html; all else is compiled file by file. */
export default defineConfig({
  input: 'src/report/html/interactive/browser/main.ts',
  platform: 'browser',
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  output: {
    file: 'dist/report/html/interactive/page.js',
    format: 'iife',
    minify: true,
    postBanner: licences,
  },
  plugins: [
    {
      name: 'fits-into-html',
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle))
          if ('code' in file && endsScript.test(file.code))
            this.error('the script would end within the page');
      },
    },
  ],
});
