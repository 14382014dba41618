import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  entries
} from "./commands-spec.js";
import "./commands-flag.js";
import {
  CONFIG_SCHEMA
} from "./config-schema-2.js";
import "./model-metrics.js";
import "./config-show.js";
import {
  EXIT
} from "./base-errors.js";
import "./empty.js";

// src/commands/completion-bash.ts
function bashCompletion({ commands, keys }) {
  const names = commands.map(({ name }) => name);
  const values = commands.flatMap(
    ({ name, flags }) => flags.flatMap(
      ([flag, about]) => about.type === "boolean" ? [] : [`    ${name}:--${flag}) ${wantedBy(about)} ;;`]
    )
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
  _perf_gate_reply < <(compgen -S = -W ${quoted(keys.join(" "))} -- "$cur")
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
    _perf_gate_words ${quoted(names.join(" "))}
    return
  fi
  case \${COMP_WORDS[1]} in
    ${names.join(" | ")}) command=\${COMP_WORDS[1]} ;;
  esac
  case $command:$prev in
${values.join("\n")}
    *)
      case $command:$cur in
${commands.map(flagsOf).join("\n")}
${commands.flatMap(argumentsOf).join("\n")}
      esac
      ;;
  esac
}
complete -F _perf_gate perf-gate
`;
}
var flagsOf = ({ name, flags }) => `        ${name}:-*) _perf_gate_words ${quoted(flags.map(([flag]) => `--${flag}`).join(" "))} ;;`;
function argumentsOf({ name, actions, takes }) {
  const all = [...new Set(takes.map(wanted))].filter((line) => line !== "").join("; ");
  if (actions.length === 0) return all === "" ? [] : [`        ${name}:*) ${all} ;;`];
  const first = `_perf_gate_words ${quoted(actions.join(" "))}`;
  return [`        ${name}:*) if [[ $COMP_CWORD -eq 2 ]]; then ${first}; else ${all === "" ? ":" : all}; fi ;;`];
}
var wantedBy = ({ wants, isList }) => isList && typeof wants === "object" ? `_perf_gate_list ${quoted(wants.join(" "))}` : wanted(wants);
function wanted(wants) {
  switch (wants) {
    case void 0:
      return "";
    case "file":
      return "_perf_gate_files -f";
    case "directory":
      return "_perf_gate_files -d";
    case "commit":
      return "_perf_gate_commits";
    case "key":
      return "_perf_gate_keys";
    default:
      return `_perf_gate_words ${quoted(wants.join(" "))}`;
  }
}
var quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// src/commands/completion-fish.ts
function fishCompletion({ commands, keys }) {
  const names = commands.map(({ name }) => name).join(" ");
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
    printf '%s=\\n' ${keys.join(" ")}
end
complete -c perf-gate -f
${commands.map(({ name, summary }) => `complete -c perf-gate -n '__perf_gate_at 1' -a ${name} -d ${quoted2(summary)}`).join("\n")}
${commands.flatMap(linesOf).join("\n")}
`;
}
function linesOf({ name, flags, actions, takes }) {
  const line = (condition, rest) => `complete -c perf-gate -n ${quoted2(condition)} ${rest}`;
  const isIt = `__perf_gate_is ${name}`;
  const behind = [isIt, ...[1, ...actions.length === 0 ? [] : [2]].map((at) => `not __perf_gate_at ${at}`)].join(
    "; and "
  );
  const first = actions.map((action) => line(`${isIt}; and __perf_gate_at 2`, `-a ${action}`));
  const others = [...new Set(takes.map(wanted2))].map((wants) => line(behind, wants.replace(/^-[xr] /, "")));
  return [...flags.map((flag) => line(isIt, optionOf(flag))), ...first, ...others];
}
function optionOf([name, { type, about, wants, isList }]) {
  const told = `-l ${name} -d ${quoted2(about)}`;
  if (type === "boolean") return told;
  if (!isList || typeof wants !== "object") return `${told} ${wanted2(wants)}`;
  return `${told} -x -a ${quoted2(`(__fish_complete_list , 'printf "%s\\n" ${wants.join(" ")}')`)}`;
}
function wanted2(wants) {
  switch (wants) {
    case void 0:
      return "-x";
    case "file":
      return "-r -F";
    case "directory":
      return "-x -a '(__fish_complete_directories)'";
    case "commit":
      return "-x -a '(__perf_gate_commits)'";
    case "key":
      return "-x -a '(__perf_gate_keys)'";
    default:
      return `-x -a ${quoted2(wants.join(" "))}`;
  }
}
var quoted2 = (text) => `'${text.replaceAll(/[\\']/g, "\\$&")}'`;

// src/commands/completion-zsh.ts
function zshCompletion({ commands, keys }) {
  return `#compdef perf-gate
# perf-gate in zsh: eval "$(perf-gate completion zsh)", after compinit
_perf_gate_commits() {
  local -a refs
  refs=(HEAD \${(f)"$(git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null)"})
  compadd -a refs
}
_perf_gate_keys() {
  compadd -S = -- ${keys.join(" ")}
}
_perf_gate() {
  local command=run
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    local -a commands
    commands=(
${commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary}`)}`).join("\n")}
    )
    _describe -t commands command commands
    return
  fi
  case $words[2] in
    ${commands.map(({ name }) => name).join("|")})
      command=$words[2]
      shift words
      (( CURRENT-- ))
      ;;
  esac
  case $command in
${commands.map(caseOf).join("\n")}
  esac
}
if [[ \${funcstack[1]} == _perf_gate ]]; then
  _perf_gate "$@"
else
  compdef _perf_gate perf-gate
fi
`;
}
function caseOf({ name, flags, actions, takes }) {
  const first = actions.length === 0 ? [] : [`1:action:(${actions.join(" ")})`];
  const specs = [...flags.map(specOf), ...first, ...takes.map((wants) => `:argument:${wanted3(wants)}`)];
  return `    ${name})
      _arguments -s : ${specs.map((spec) => `\\
        ${quoted(spec)}`).join(" ")}
      ;;`;
}
function specOf([name, { type, about, value = "", multiple, wants, isList }]) {
  const told = `[${about.replaceAll(/[[\]\\]/g, "\\$&")}]`;
  if (type === "boolean") return `--${name}${told}`;
  const action = isList && typeof wants === "object" ? `_values -s , value ${wants.join(" ")}` : wanted3(wants);
  return `${multiple ? "*" : ""}--${name}=${told}:${value.replace("=", " ").trim()}:${action}`;
}
function wanted3(wants) {
  switch (wants) {
    case void 0:
      return " ";
    case "file":
      return "_files";
    case "directory":
      return "_files -/";
    case "commit":
      return "_perf_gate_commits";
    case "key":
      return "_perf_gate_keys";
    default:
      return `(${wants.join(" ")})`;
  }
}

// src/commands/completion.ts
var SHELLS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion
};
var completion = async ({ positionals }, world) => {
  const [shell = ""] = positionals;
  world.stdout.write(SHELLS[shell](known()));
  return EXIT.pass;
};
function known() {
  const names = entries.map(([name]) => name);
  return {
    commands: entries.map(([name, spec]) => ({
      name,
      summary: spec.summary,
      flags: [...Object.entries(spec.flags), ["help", HELP]],
      actions: Object.keys(spec.actions ?? {}),
      takes: name === "help" ? [names] : takenBy(spec).flatMap(({ wants }) => wants === void 0 ? [] : [wants])
    })),
    keys: keysOf(CONFIG_SCHEMA, "")
  };
}
function takenBy({ takes, actions = {} }) {
  const each = Object.values(actions).map((action) => action.takes);
  return takes ?? each.sort((a, b) => b.length - a.length)[0] ?? [];
}
var HELP = { type: "boolean", about: "tell how it is used" };
function keysOf(schema, prefix) {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    if (child.not !== void 0) return [];
    return child.properties === void 0 ? [prefix + name] : keysOf(child, `${prefix}${name}.`);
  });
}
export {
  completion
};
