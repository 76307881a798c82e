import { quoted } from './quote.js';
import { type Node, type Place, placesOf, stepTo, type Values, valuesByUse } from './tree.js';

/** The script for bash, from version 3.2 on, which macOS has. */
export function bashScript(root: Node): string {
  const places = placesOf(root);
  const name = root.name;
  return `# bash completion of ${name}; load it by: source <(${name} completion bash)

# Proposes names, after what stands before the last comma of the word where there can be several.
_${name}_names() {
  local before=''
  if [ "$1" = comma ]; then
    case $cur in *,*) before=\${cur%,*}, ;; esac
    compopt -o nospace 2>/dev/null
  fi
  COMPREPLY=($(compgen -P "$before" -W "$2" -- "\${cur#"$before"}"))
}

_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} place=/ index
  # bash takes --flag=value apart.
  if [ "$cur" = = ]; then
    cur=''
  elif [ "$prev" = = ]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$place \${COMP_WORDS[index]}" in
${stepLines(places).join('\n')}
    esac
  done
  COMPREPLY=()
  case "$place $prev" in
${valuesByUse(places)
  .map(({ uses, values }) => branch(uses, propose(values), '      return'))
  .join('\n')}
  esac
  case $cur in
    -*)
      case $place in
${places.map(({ path, node }) => branch([path], `_${name}_names one ${quoted(node.flags.map((flag) => flag.name).join(' '))}`)).join('\n')}
      esac
      return
      ;;
  esac
  case $place in
${places.map(({ path, node }) => branch([path], wordsOf(node))).join('\n')}
  esac
}

complete -F _${name} ${name}
`;

  function propose(values: Values): string {
    switch (values.kind) {
      case 'names':
        return `_${name}_names ${values.comma ? 'comma' : 'one'} ${quoted(values.names.join(' '))}`;
      case 'files':
        return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
      case 'folders':
        return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur"))';
      case 'free':
        return ':';
    }
  }

  function wordsOf({ commands, words }: Node): string {
    if (commands.length === 0) return words === null ? ':' : propose(words);
    return `_${name}_names one ${quoted(commands.map((command) => command.name).join(' '))}`;
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

function branch(patterns: readonly string[], action: string, last?: string): string {
  const lines = [
    `    ${patterns.map(quoted).join(' | ')})`,
    `      ${action}`,
    ...(last ? [last] : []),
    '      ;;',
  ];
  return lines.join('\n');
}
