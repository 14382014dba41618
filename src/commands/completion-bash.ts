/** Completion for bash, from version 3.2 on. Pure text. */
import type { Completable, Known } from './completion.ts';
import type { Flag, Wants } from './flag.ts';

export function bashCompletion({ commands, keys }: Known): string {
  const names = commands.map(({ name }) => name);
  const values = commands.flatMap(({ name, flags }) =>
    flags.flatMap(([flag, about]) =>
      about.type === 'boolean' ? [] : [`    ${name}:--${flag}) ${wantedBy(about)} ;;`],
    ),
  );
  return `# perf-gate in bash: eval "$(perf-gate completion bash)"
_perf_gate_reply() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done
}
_perf_gate_words() { _perf_gate_reply < <(compgen -W "$1" -- "$cur"); }
_perf_gate_list() {
  local before=
  [[ $cur == *,* ]] && before=\${cur%,*},
  _perf_gate_reply < <(compgen -P "$before" -W "$1" -- "\${cur##*,}")
}
_perf_gate_files() { compopt -o filenames 2>/dev/null; _perf_gate_reply < <(compgen "$1" -- "$cur"); }
_perf_gate_commits() {
  # Not by compgen -W, which would run the commands that the name of a ref can hold; the backslashes are the shell's alone.
  local ref
  while IFS= read -r ref; do
    if [[ $ref == "\${cur//\\\\/}"* ]]; then
      printf -v ref %q "$ref"
      COMPREPLY+=("$ref")
    fi
  done < <(
    echo HEAD
    git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null
  )
}
_perf_gate_keys() {
  compopt -o nospace 2>/dev/null
  _perf_gate_reply < <(compgen -S = -W ${quoted(keys.join(' '))} -- "$cur")
}
_perf_gate() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command=run
  COMPREPLY=()
  # bash takes --format=json for three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = && $COMP_CWORD -gt 2 ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [[ $COMP_CWORD -eq 1 && $cur != -* ]]; then
    _perf_gate_words ${quoted(names.join(' '))}
    return
  fi
  case \${COMP_WORDS[1]} in
    ${names.join(' | ')}) command=\${COMP_WORDS[1]} ;;
  esac
  case $command:$prev in
${values.join('\n')}
    *)
      case $command:$cur in
${commands.map(flagsOf).join('\n')}
${commands.flatMap(argumentsOf).join('\n')}
      esac
      ;;
  esac
}
complete -F _perf_gate perf-gate
`;
}

const flagsOf = ({ name, flags }: Completable) =>
  `        ${name}:-*) _perf_gate_words ${quoted(flags.map(([flag]) => `--${flag}`).join(' '))} ;;`;

function argumentsOf({ name, actions, takes }: Completable): string[] {
  const all = [...new Set(takes.map(wanted))].filter((line) => line !== '').join('; ');
  if (actions.length === 0) return all === '' ? [] : [`        ${name}:*) ${all} ;;`];
  const first = `_perf_gate_words ${quoted(actions.join(' '))}`;
  return [`        ${name}:*) if [[ $COMP_CWORD -eq 2 ]]; then ${first}; else ${all === '' ? ':' : all}; fi ;;`];
}

const wantedBy = ({ wants, isList }: Flag) =>
  isList && typeof wants === 'object' ? `_perf_gate_list ${quoted(wants.join(' '))}` : wanted(wants);

function wanted(wants: Wants | undefined): string {
  switch (wants) {
    case undefined:
      return '';
    case 'file':
      return '_perf_gate_files -f';
    case 'directory':
      return '_perf_gate_files -d';
    case 'commit':
      return '_perf_gate_commits';
    case 'key':
      return '_perf_gate_keys';
    default:
      return `_perf_gate_words ${quoted(wants.join(' '))}`;
  }
}

/** In quotes that bash and zsh read alike. */
export const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
