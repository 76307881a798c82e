import type { Frame } from '../frames.js';

const allocation =
  /^(_*libc_)?(malloc|calloc|realloc|free|cfree|memalign)|^_int_(malloc|free|realloc)|^(malloc_|unlink_chunk|tcache_|sysmalloc)|google_malloc|^tcmalloc::|^operator (new|delete)|^_Zn[wa]|^_Zd[la]/;
const copying = /^_*(mem(cpy|move|set|cmp|chr|rchr)|bcmp|str(n?len|n?cmp|chr|str))/;

/** The place of a function of the C library, or of an allocator; null for any other. */
export function libraryPlace({ name, owner, kind, object }: Frame): string | null {
  if (kind !== 'file') return null;
  if (allocation.test(owner ?? name)) return 'memory allocation';
  if (copying.test(name)) return 'copying and comparing bytes';
  if (object === '[vdso]' || name.startsWith('clock_gettime')) return 'reading the clock';
  return /^(libc|libpthread|libm|ld-linux|libstdc\+\+|libgcc_s)\b/.test(object) ? 'C library' : null;
}
