import { quoted } from './quote.js';
import { type Flag, type Node, type Place, placesOf, stepTo, type Values, valuesByUse } from './tree.js';

/** The script for zsh. */
export function zshScript(root: Node): string {
  const places = placesOf(root);
  const name = root.name;
  return `#compdef ${name}
# zsh completion of ${name}; load it after compinit by: source <(${name} completion zsh)

# Proposes names, after what stands before the last comma of the word where there can be several.
_${name}_names() {
  local kind=$1
  shift
  if [[ $kind == comma ]]; then
    compset -P '*,'
    compadd -q -S '' -- "$@"
  else
    compadd -- "$@"
  fi
}

_${name}() {
  local place=/ prev=\${words[CURRENT-1]} index
  for ((index = 2; index < CURRENT; index++)); do
    case "$place \${words[index]}" in
${stepLines(places).join('\n')}
    esac
  done
  if [[ \${words[CURRENT]} == --*=* ]]; then
    prev=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  case "$place $prev" in
${valuesByUse(places)
  .map(({ uses, values }) => branch(uses, [propose(values), 'return']))
  .join('\n')}
  esac
  local -a proposed
  if [[ $PREFIX == -* ]]; then
    case $place in
${places.map(({ path, node }) => branch([path], [`proposed=(${node.flags.map(described).join(' ')})`])).join('\n')}
    esac
    _describe flag proposed
    return
  fi
  case $place in
${places.map(({ path, node }) => branch([path], wordsOf(node))).join('\n')}
  esac
}

if [[ $funcstack[1] == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi
`;

  function propose(values: Values): string {
    switch (values.kind) {
      case 'names':
        return `_${name}_names ${values.comma ? 'comma' : 'one'} ${values.names.map(quoted).join(' ')}`;
      case 'files':
        return '_files';
      case 'folders':
        return '_files -/';
      case 'free':
        return '_message value';
    }
  }

  function wordsOf({ commands, words }: Node): string[] {
    if (commands.length === 0) return [words === null ? ':' : propose(words)];
    return [`proposed=(${commands.map(described).join(' ')})`, '_describe command proposed'];
  }
}

function stepLines(places: readonly Place[]): string[] {
  return places.flatMap((place) =>
    place.node.commands.map(({ name }) => {
      const to = stepTo(place, name);
      return `      ${quoted(`${place.path} ${name}`)}) place=${to} ;;`;
    }),
  );
}

/** `name:about`, as `_describe` takes it. */
function described({ name, about }: Pick<Flag, 'name' | 'about'>): string {
  return quoted(`${name}:${about.replaceAll('\\', '\\\\').replaceAll(':', '\\:')}`);
}

function branch(patterns: readonly string[], lines: readonly string[]): string {
  const head = `    ${patterns.map((pattern) => quoted(pattern)).join('|')})`;
  return [head, ...lines.map((line) => `      ${line}`), '      ;;'].join('\n');
}
