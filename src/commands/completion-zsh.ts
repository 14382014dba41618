/** Completion for zsh: see `_arguments` and `_describe` in zshcompsys(1). Pure text. */
import type { Completable, Known } from './completion.ts';
import { quoted } from './completion-bash.ts';
import type { Flag, Wants } from './flag.ts';

export function zshCompletion({ commands, keys }: Known): string {
  return `#compdef perf-gate
# perf-gate in zsh: eval "$(perf-gate completion zsh)", after compinit
_perf_gate_commits() {
  local -a refs
  refs=(HEAD \${(f)"$(git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null)"})
  compadd -a refs
}
_perf_gate_keys() {
  compadd -S = -- ${keys.join(' ')}
}
_perf_gate() {
  local command=run
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    local -a commands
    commands=(
${commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary}`)}`).join('\n')}
    )
    _describe -t commands command commands
    return
  fi
  case $words[2] in
    ${commands.map(({ name }) => name).join('|')})
      command=$words[2]
      shift words
      (( CURRENT-- ))
      ;;
  esac
  case $command in
${commands.map(caseOf).join('\n')}
  esac
}
if [[ \${funcstack[1]} == _perf_gate ]]; then
  _perf_gate "$@"
else
  compdef _perf_gate perf-gate
fi
`;
}

function caseOf({ name, flags, actions, takes }: Completable): string {
  const first = actions.length === 0 ? [] : [`1:action:(${actions.join(' ')})`];
  const specs = [...flags.map(specOf), ...first, ...takes.map((wants) => `:argument:${wanted(wants)}`)];
  return `    ${name})\n      _arguments -s : ${specs.map((spec) => `\\\n        ${quoted(spec)}`).join(' ')}\n      ;;`;
}

function specOf([name, { type, about, value = '', multiple, wants, isList }]: readonly [string, Flag]): string {
  const told = `[${about.replaceAll(/[[\]\\]/g, '\\$&')}]`;
  if (type === 'boolean') return `--${name}${told}`;
  const action = isList && typeof wants === 'object' ? `_values -s , value ${wants.join(' ')}` : wanted(wants);
  return `${multiple ? '*' : ''}--${name}=${told}:${value.replace('=', ' ').trim()}:${action}`;
}

function wanted(wants: Wants | undefined): string {
  switch (wants) {
    case undefined:
      return ' ';
    case 'file':
      return '_files';
    case 'directory':
      return '_files -/';
    case 'commit':
      return '_perf_gate_commits';
    case 'key':
      return '_perf_gate_keys';
    default:
      return `(${wants.join(' ')})`;
  }
}
