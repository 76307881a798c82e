import { createRequire } from 'node:module';
import type { ResvgRenderOptions } from '@resvg/resvg-js';

const require = createRequire(import.meta.url);

// A minimal system has no fonts at all, and text would vanish: the font comes with the package, and it is the only one
// used, so that a PNG is the same everywhere. Arimo has the widths of Arial and Helvetica, which browsers take.
const files = ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf'];

/** The fonts of every drawing, for resvg. */
export function chartFont(): NonNullable<ResvgRenderOptions['font']> {
  return {
    loadSystemFonts: false,
    fontFiles: files.map((file) => require.resolve(`@expo-google-fonts/arimo/${file}`)),
    defaultFontFamily: 'Arimo',
    sansSerifFamily: 'Arimo',
  };
}
