/** Completion for fish: see complete(1). Pure text. */
import type { Completable, Known } from './completion.ts';
import type { Flag, Wants } from './flag.ts';

export function fishCompletion({ commands, keys }: Known): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# perf-gate in fish: perf-gate completion fish > ~/.config/fish/completions/perf-gate.fish
function __perf_gate_is
    set -l words (commandline -opc)
    set -l command run
    if set -q words[2]; and contains -- $words[2] ${names}
        set command $words[2]
    end
    test $command = $argv[1]
end
function __perf_gate_at
    test (count (commandline -opc)) -eq $argv[1]
end
function __perf_gate_commits
    echo HEAD
    git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null
end
function __perf_gate_keys
    printf '%s=\\n' ${keys.join(' ')}
end
complete -c perf-gate -f
${commands.map(({ name, summary }) => `complete -c perf-gate -n '__perf_gate_at 1' -a ${name} -d ${quoted(summary)}`).join('\n')}
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ name, flags, actions, takes }: Completable): string[] {
  const line = (condition: string, rest: string) => `complete -c perf-gate -n ${quoted(condition)} ${rest}`;
  const isIt = `__perf_gate_is ${name}`;
  const behind = [isIt, ...[1, ...(actions.length === 0 ? [] : [2])].map((at) => `not __perf_gate_at ${at}`)].join(
    '; and ',
  );
  const first = actions.map((action) => line(`${isIt}; and __perf_gate_at 2`, `-a ${action}`));
  const others = [...new Set(takes.map(wanted))].map((wants) => line(behind, wants.replace(/^-[xr] /, '')));
  return [...flags.map((flag) => line(isIt, optionOf(flag))), ...first, ...others];
}

function optionOf([name, { type, about, wants, isList }]: readonly [string, Flag]): string {
  const told = `-l ${name} -d ${quoted(about)}`;
  if (type === 'boolean') return told;
  if (!isList || typeof wants !== 'object') return `${told} ${wanted(wants)}`;
  return `${told} -x -a ${quoted(`(__fish_complete_list , 'printf "%s\\n" ${wants.join(' ')}')`)}`;
}

function wanted(wants: Wants | undefined): string {
  switch (wants) {
    case undefined:
      return '-x';
    case 'file':
      return '-r -F';
    case 'directory':
      return "-x -a '(__fish_complete_directories)'";
    case 'commit':
      return "-x -a '(__perf_gate_commits)'";
    case 'key':
      return "-x -a '(__perf_gate_keys)'";
    default:
      return `-x -a ${quoted(wants.join(' '))}`;
  }
}

/** In fish's single quotes, \\ and ' are escaped by a backslash. */
const quoted = (text: string) => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
