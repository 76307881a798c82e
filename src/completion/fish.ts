import { fishQuoted } from './quote.js';
import { type Flag, type Node, type Place, placesOf, stepTo, type Values } from './tree.js';

/** The script for fish. */
export function fishScript(root: Node): string {
  const places = placesOf(root);
  const name = root.name;
  return `# fish completion of ${name}; load it by: ${name} completion fish | source

# Where the command line stands, as a path of commands.
function __${name}_place
    set -l place /
    for word in (commandline -opc)[2..-1]
        switch "$place $word"
${stepLines(places).join('\n')}
        end
    end
    echo $place
end

function __${name}_at
    test (__${name}_place) = $argv[1]
end

# Names after what stands before the last comma of the word.
function __${name}_names
    set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '^.*,')
    for each in $argv
        echo "$before$each"
    end
end

complete -c ${name} -f
${places.flatMap((place) => linesAt(place)).join('\n')}
`;

  function linesAt({ path, node }: Place): string[] {
    const at = `complete -c ${name} -n ${fishQuoted(`__${name}_at ${path}`)}`;
    return [
      ...node.flags.map(
        (flag) => `${at} -l ${flag.name.slice(2)}${valueText(flag)} -d ${fishQuoted(flag.about)}`,
      ),
      ...node.commands.map((command) => `${at} -a ${command.name} -d ${fishQuoted(command.about)}`),
      ...(node.words === null ? [] : [`${at}${proposal(node.words)}`]),
    ];
  }

  function valueText({ values }: Flag): string {
    return values === null ? '' : ` -r${proposal(values)}`;
  }

  function proposal(values: Values): string {
    switch (values.kind) {
      case 'names': {
        const names = values.names.join(' ');
        return ` -f -a ${fishQuoted(values.comma ? `(__${name}_names ${names})` : names)}`;
      }
      case 'files':
        return ' -F';
      case 'folders':
        return ` -f -a '(__fish_complete_directories)'`;
      case 'free':
        return ' -f';
    }
  }
}

function stepLines(places: readonly Place[]): string[] {
  return places.flatMap((place) =>
    place.node.commands.map(
      ({ name }) =>
        `            case ${fishQuoted(`${place.path} ${name}`)}\n                set place ${stepTo(place, name)}`,
    ),
  );
}
