import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  underRulesOfBase
} from "./run-under-rules-of-base.js";
import {
  filesReadAtRunTime,
  measureNewService,
  measureScenarios,
  notesOnSameCode,
  progressOf,
  requireValgrind
} from "./run-measure-scenarios.js";
import {
  spendMemory
} from "./run-spend-memory.js";
import {
  changeRecord,
  changedPaths,
  diffLines
} from "./compare-compare.js";
import {
  askGoProgram,
  listPackages
} from "./changes-list.js";
import {
  openRunDirectory
} from "./run-run-directory.js";
import {
  atOnce,
  buildComparable,
  buildForComparison,
  packageOf
} from "./pprof-format.js";
import {
  directoryOf,
  openProject
} from "./run-project.js";
import {
  judgingPart
} from "./run-rules-record.js";
import {
  few
} from "./report-words.js";
import {
  VERSION
} from "./package-json.js";
import {
  differencesOf,
  otherFiles
} from "./config-differences.js";
import {
  withLoadOfBase,
  withRulesOfBoth
} from "./config-rules.js";
import {
  REPORT_SCHEMA
} from "./compare-report.js";
import {
  benchFor,
  createCheckout,
  mergeBaseWith,
  openLoad,
  resolveSides,
  temporaryDirectory,
  wholeDecks
} from "./agent-client.js";
import {
  CONFIG_NAMES,
  findConfig,
  parseConfig,
  readConfig,
  shownSetting
} from "./simple-git.js";
import {
  listed
} from "./base-text.js";
import {
  configDirectory,
  eachScenario,
  isOutside,
  scenarioCalled,
  whereIs
} from "./config-places.js";
import {
  ON_CONFIG_CHANGE
} from "./model-metrics.js";
import {
  UserError
} from "./base-errors.js";
import {
  __callDispose,
  __using
} from "./empty.js";

// src/run/gate.ts
import { join as join4, resolve as resolve4 } from "node:path";

// src/build/base-package.ts
import { posix } from "node:path";
async function findBasePackage(repo, trees, { directory, name, named }) {
  if (!/^\.{1,2}(\/|$)/.test(name)) return { kind: "there" };
  const place = posix.join(directory, name);
  if (place.startsWith("..")) return { kind: "there" };
  const [before, after] = await Promise.all([goFilesIn(repo, trees.base, place), goFilesIn(repo, trees.head, place)]);
  if (before.length > 0) return { kind: "there" };
  if (named !== void 0) return { kind: "moved", package: named };
  if (after.length === 0) return { kind: "there" };
  const from = await movedFrom(repo, trees, new Set(after));
  if (from === void 0) return { kind: "new" };
  const path = posix.relative(directory, from);
  if (path.startsWith("..")) return { kind: "there" };
  return { kind: "moved", package: path === "" ? "." : `./${path}` };
}
async function goFilesIn({ git }, tree, place) {
  const at = place === "." || place === "./" ? tree : `${tree}:${place.replace(/\/$/, "")}`;
  const answer = await git.ask(["ls-tree", "-z", "--name-only", "--end-of-options", at]);
  if (answer.exitCode !== 0) return [];
  return answer.stdout.split("\0").filter((file) => file.endsWith(".go") && !file.endsWith("_test.go")).map((file) => posix.join(place, file));
}
async function movedFrom({ git }, { base, head }, files) {
  const flags = ["-r", "-z", "--find-renames", "-l5000", "--diff-filter=R", "--name-status"];
  const fields = (await git.run(["diff-tree", ...flags, "--end-of-options", base, head])).split("\0");
  const counts = /* @__PURE__ */ new Map();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [from, to] = [fields[at + 1], fields[at + 2]];
    if (!files.has(to) || !from.endsWith(".go")) continue;
    const directory = posix.dirname(from);
    counts.set(directory, (counts.get(directory) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most?.[0];
}

// src/run/find-changed.ts
import { join, relative } from "node:path";

// go/changes/assembly.go
var assembly_default = `package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var (
	textLine    = regexp.MustCompile(\`^TEXT\\s+([^\\s,(]+)\\(SB\\)\`)
	dataLine    = regexp.MustCompile(\`^(DATA|GLOBL|PCALIGN|#\\s*(define|undef|include))\\b\`)
	includeLine = regexp.MustCompile(\`^#\\s*include\\s+["<]([^">]+)[">]\`)
	asmWord     = regexp.MustCompile(\`[\\p{L}_][\\p{L}\\p{N}_]*\`)
)

// addAssembly adds the TEXT blocks of the package's .s files. What stands outside of them (macros, data, included files)
// is the context of every block of its file.
func (p *goPackage) addAssembly(prefix string) error {
	stubs := map[string]bool{}
	for _, name := range p.listed.SFiles {
		src, err := os.ReadFile(filepath.Join(p.listed.Dir, name))
		if err != nil {
			return err
		}
		blocks := assemblyBlocks(string(src), prefix, func(include string) string {
			text, err := os.ReadFile(filepath.Join(p.listed.Dir, filepath.FromSlash(include)))
			if err != nil {
				return "" // of the toolchain, or written by it (go_asm.h)
			}
			return string(text)
		})
		for _, block := range blocks {
			stubs[block.Name] = true
		}
		p.add(name, blocks...)
	}
	if len(stubs) == 0 {
		return nil
	}
	// The Go declaration of an assembly function has no body: its source is part of the block's.
	kept := p.functions[:0]
	signatures := map[string]string{}
	for _, fn := range p.functions {
		if fn.Kind == "go" && stubs[fn.Name] {
			signatures[fn.Name] = fn.Hash
			continue
		}
		kept = append(kept, fn)
	}
	p.functions = kept
	for _, fn := range p.functions {
		if fn.Kind == "assembly" {
			fn.context = digest(fn.context, signatures[fn.Name])
		}
	}
	return nil
}

func assemblyBlocks(src, prefix string, read func(include string) string) []*function {
	var blocks []*function
	var texts []*strings.Builder
	var outside strings.Builder
	inComment := false
	for i, line := range strings.Split(src, "\\n") {
		line, inComment = stripComments(line, inComment)
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		if m := textLine.FindStringSubmatch(line); m != nil {
			blocks = append(blocks, &function{Name: symbolName(m[1], prefix), Kind: "assembly", StartLine: i + 1, EndLine: i + 1})
			texts = append(texts, &strings.Builder{})
		} else if len(blocks) == 0 || dataLine.MatchString(line) {
			outside.WriteString(line + "\\n")
			if m := includeLine.FindStringSubmatch(line); m != nil {
				outside.WriteString(normalised(read(m[1])))
			}
			continue
		}
		last := len(blocks) - 1
		blocks[last].EndLine = i + 1
		texts[last].WriteString(line + "\\n")
	}
	for i, block := range blocks {
		block.Hash = digest(texts[i].String())
		block.context = digest(outside.String())
		block.words = constantNames(asmWord.FindAllString(texts[i].String(), -1))
	}
	return blocks
}

// constantNames adds, for the names that go_asm.h makes (const_size, Buffer__size, Buffer_length), the Go names.
func constantNames(words []string) []string {
	var names []string
	for _, word := range words {
		word = strings.TrimPrefix(word, "const_")
		names = append(names, word)
		for i := 1; i < len(word); i++ {
			if word[i] == '_' {
				names = append(names, word[:i])
			}
		}
	}
	return names
}

// symbolName writes an assembler symbol as Go does: \xB7Sum<> is prefix.Sum, example\u2215com\u2215a\xB7F is example/com/a.F.
func symbolName(symbol, prefix string) string {
	if i := strings.IndexByte(symbol, '<'); i >= 0 {
		symbol = symbol[:i]
	}
	symbol = strings.NewReplacer("\xB7", ".", "\u2215", "/").Replace(symbol)
	if strings.HasPrefix(symbol, ".") {
		return prefix + symbol
	}
	return symbol
}

func normalised(src string) string {
	var b strings.Builder
	inComment := false
	for _, line := range strings.Split(src, "\\n") {
		line, inComment = stripComments(line, inComment)
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			b.WriteString(line + "\\n")
		}
	}
	return b.String()
}

// stripComments takes the comments out of a line and says whether it ends inside one.
func stripComments(line string, inside bool) (string, bool) {
	var b strings.Builder
	var quote byte
	for i := 0; i < len(line); i++ {
		switch {
		case inside:
			if strings.HasPrefix(line[i:], "*/") {
				inside = false
				i++
				b.WriteByte(' ')
			}
		case quote != 0:
			b.WriteByte(line[i])
			if line[i] == '\\\\' && i+1 < len(line) {
				i++
				b.WriteByte(line[i])
			} else if line[i] == quote {
				quote = 0
			}
		case strings.HasPrefix(line[i:], "//"):
			return b.String(), false
		case strings.HasPrefix(line[i:], "/*"):
			inside = true
			i++
		default:
			if line[i] == '"' || line[i] == '\\'' {
				quote = line[i]
			}
			b.WriteByte(line[i])
		}
	}
	return b.String(), inside
}
`;

// go/changes/c.go
var c_default = `package main

import (
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// cSource is what cgo compiles of a package: functions, and the rest cut into chunks (directives, declarations). This is
// a reading by tokens, not a parser: macros are not expanded and both branches of an #if are read.
type cSource struct {
	hash   string // of everything
	chunks []cChunk
}

type cFile struct{ name, text string }

type cChunk struct {
	text           string
	declares, uses []string
	all            bool // it may change everything: #include, #if, #pragma, #cgo
}

type cToken struct {
	text      string
	line      int
	directive bool // a whole preprocessor line
	word      bool
}

var (
	localInclude = regexp.MustCompile(\`^#\\s*include\\s*"([^"]+)"\`)
	defineLine   = regexp.MustCompile(\`^#\\s*(define|undef)\\s+(\\w+)\`)
	cWord        = regexp.MustCompile(\`[A-Za-z_]\\w*\`)
	notNames     = map[string]bool{}
)

func init() {
	for _, word := range strings.Fields(\`auto break case char const continue default do double else enum extern float for goto
		if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void
		volatile while bool class namespace template typename public private protected virtual operator using define undef
		uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t size_t\`) {
		notNames[word] = true
	}
}

// addC adds the C functions of the preambles, the package's C, C++ and header files, and the files that they include by
// a path of their own.
func (p *goPackage) addC(files []cFile) error {
	var names []string
	for _, list := range [][]string{p.listed.CFiles, p.listed.CXXFiles, p.listed.MFiles, p.listed.HFiles} {
		names = append(names, list...)
	}
	seen := map[string]bool{}
	for _, file := range files {
		names = append(names, includes(file.text, ".")...)
	}
	for len(names) > 0 {
		name := filepath.ToSlash(filepath.Clean(names[0]))
		names = names[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		src, err := os.ReadFile(filepath.Join(p.listed.Dir, filepath.FromSlash(name)))
		if os.IsNotExist(err) {
			continue // found by -I, or of the system
		}
		if err != nil {
			return err
		}
		files = append(files, cFile{name, string(src)})
		names = append(names, includes(string(src), filepath.Dir(name))...)
	}
	sort.SliceStable(files, func(i, j int) bool { return files[i].name < files[j].name })
	var everything []string
	for _, file := range files {
		list := cTokens(file.text)
		for _, token := range list {
			everything = append(everything, token.text)
		}
		functions, chunks, balanced := cParts(list, false)
		if !balanced {
			functions, chunks, _ = cParts(list, true)
		}
		p.add(file.name, functions...)
		p.c.chunks = append(p.c.chunks, chunks...)
	}
	p.c.hash = digest(everything...)
	return nil
}

func includes(src, dir string) []string {
	var names []string
	for _, line := range strings.Split(src, "\\n") {
		if m := localInclude.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			names = append(names, filepath.Join(dir, m[1]))
		}
	}
	return names
}

// cTokens cuts C source into words, numbers, strings and signs; a preprocessor line is one token.
func cTokens(src string) []cToken {
	src = strings.ReplaceAll(strings.ReplaceAll(src, "\\r\\n", "\\n"), "\\\\\\n", "\\\\\\v")
	var list []cToken
	line, lineStart, inComment := 1, true, false
	for _, text := range strings.Split(src, "\\n") {
		first := line
		line += 1 + strings.Count(text, "\\v")
		text = strings.ReplaceAll(text, "\\\\\\v", " ")
		text, inComment = stripComments(text, inComment)
		lineStart = true
		for i := 0; i < len(text); {
			c := text[i]
			switch {
			case c == ' ' || c == '\\t' || c == '\\f' || c == '\\v':
				i++
				continue
			case c == '#' && lineStart:
				list = append(list, cToken{text: strings.Join(strings.Fields(text[i:]), " "), line: first, directive: true})
				i = len(text)
				continue
			}
			lineStart = false
			end := i + 1
			word := isWordByte(c)
			switch {
			case word:
				for end < len(text) && isWordByte(text[end]) {
					end++
				}
			case c == '"' || c == '\\'':
				for end < len(text) && text[end] != c {
					if text[end] == '\\\\' {
						end++
					}
					end++
				}
				end++
			}
			if end > len(text) {
				end = len(text)
			}
			list = append(list, cToken{text: text[i:end], line: first, word: word && (c < '0' || c > '9')})
			i = end
		}
	}
	return list
}

func isWordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// cParts cuts tokens into functions and chunks. Where an #if leaves the braces unbalanced, \`byLine\` takes a closing brace
// that is the first of its line, followed by a new declaration, for the end of a function.
func cParts(list []cToken, byLine bool) (functions []*function, chunks []cChunk, balanced bool) {
	var open []cToken // the declaration so far
	flush := func() {
		if len(open) > 0 {
			chunks = append(chunks, declarationChunk(open))
		}
		open = nil
	}
	for i := 0; i < len(list); i++ {
		token := list[i]
		switch {
		case token.directive:
			chunks = append(chunks, directiveChunk(token.text))
		case token.text == ";":
			flush()
		case token.text == "{":
			if opensScope(open) {
				open = nil
				continue
			}
			end := closing(list, i, byLine)
			if end < 0 {
				return functions, chunks, false
			}
			name := cFunctionName(open)
			body := append(append([]cToken{}, open...), list[i:end+1]...)
			if name == "" {
				open = body
			} else {
				functions = append(functions, newCFunction(name, body))
				open = nil
			}
			i = end
		case token.text == "}":
			open = nil // of extern "C" or a namespace
		default:
			open = append(open, token)
		}
	}
	flush()
	return functions, chunks, true
}

func closing(list []cToken, from int, byLine bool) int {
	depth := 0
	for i := from; i < len(list); i++ {
		switch list[i].text {
		case "{":
			depth++
		case "}":
			depth--
			if depth == 0 {
				return i
			}
			if byLine && list[i].line != list[i-1].line && i+1 < len(list) && list[i+1].line > list[i].line+1 {
				return i
			}
		}
	}
	if byLine {
		return len(list) - 1
	}
	return -1
}

func opensScope(open []cToken) bool {
	for i, token := range open {
		if token.text == "namespace" || token.text == "extern" && i+1 < len(open) && strings.HasPrefix(open[i+1].text, \`"\`) && i+2 == len(open) {
			return true
		}
	}
	return false
}

// cFunctionName is the word before the last parameter list of a declaration that is followed by a body.
func cFunctionName(open []cToken) string {
	name, depth := "", 0
	for i, token := range open {
		switch token.text {
		case "(":
			if depth == 0 && i > 0 && open[i-1].word && !strings.HasPrefix(open[i-1].text, "__") && !notNames[open[i-1].text] {
				name = open[i-1].text
			}
			depth++
		case ")":
			depth--
		case "=":
			if depth == 0 {
				return ""
			}
		case ":":
			if depth == 0 && name != "" && (i+1 >= len(open) || open[i+1].text != ":") && open[i-1].text != ":" {
				return name // initialisers of a C++ constructor
			}
		}
	}
	return name
}

func newCFunction(name string, body []cToken) *function {
	fn := &function{Name: name, Kind: "c", StartLine: body[0].line, EndLine: body[len(body)-1].line}
	var texts []string
	for _, token := range body {
		texts = append(texts, token.text)
		switch {
		case token.directive:
			fn.words = append(fn.words, cWord.FindAllString(token.text, -1)...)
		case token.word:
			fn.words = append(fn.words, token.text)
		}
	}
	fn.Hash = digest(texts...)
	return fn
}

func directiveChunk(text string) cChunk {
	if m := defineLine.FindStringSubmatch(text); m != nil {
		return cChunk{text: text, declares: m[2:3], uses: cNames(text)}
	}
	return cChunk{text: text, all: true}
}

func declarationChunk(open []cToken) cChunk {
	var texts []string
	for _, token := range open {
		texts = append(texts, token.text)
	}
	text := strings.Join(texts, " ")
	if !strings.ContainsAny(text, "{=") && cFunctionName(open) != "" && texts[0] != "typedef" {
		return cChunk{} // a prototype says nothing that its function does not
	}
	names := cNames(text) // which of them it declares takes a parser
	return cChunk{text: text, declares: names, uses: names}
}

func cNames(text string) []string {
	var names []string
	for _, word := range cWord.FindAllString(text, -1) {
		if !notNames[word] {
			names = append(names, word)
		}
	}
	return names
}

// changedC finds the names that C declarations outside of functions give another meaning, each with the name that was
// changed itself; "" stands for everything. The second result says whether anything of the C sources differs.
func (c *comparison) changedC(key string) (map[string]string, bool) {
	words := map[string]string{}
	b, h := c.base.parsed[key], c.head.parsed[key]
	if b == nil || h == nil || b.c.hash == h.c.hash {
		return words, false
	}
	count := map[string]int{}
	for _, chunk := range b.c.chunks {
		count[chunk.text]--
	}
	for _, chunk := range h.c.chunks {
		count[chunk.text]++
	}
	chunks := append(append([]cChunk{}, b.c.chunks...), h.c.chunks...)
	for _, chunk := range chunks {
		if count[chunk.text] == 0 {
			continue
		}
		if chunk.all {
			words[""] = chunk.text
		}
		for _, name := range chunk.declares {
			words[name] = name
		}
	}
	for more := true; more; {
		more = false
		for _, chunk := range chunks {
			root := ""
			for _, name := range chunk.uses {
				if root == "" {
					root = words[name]
				}
			}
			for _, name := range chunk.declares {
				if root != "" && words[name] == "" {
					words[name], more = root, true
				}
			}
		}
	}
	return words, true
}
`;

// go/changes/changes.go
var changes_default = '// Which functions does a commit change? This program reads the package lists of base and head (as `go list -deps -json`\n// gives them) from its standard input, parses what may differ, compares, and prints one JSON document.\n//\n// It knows Go, assembly and C sources and nothing of git, builds or measurements. It resolves names by scope and import,\n// not by type: where that is not enough it calls a function changed rather than not, since a function that is called\n// changed and costs the same is harmless, and one that is missed puts its cost on its caller.\n//\n// Names are those of Go\'s own profiles in canonical form: import paths unescaped, type arguments as [...], ordinals\n// removed. A package may have many init functions (pkg.init.0, pkg.init.1, ...): they share the key `pkg.init.*`.\n// Closures of package-level initialisers and init functions share `pkg.glob..func*`, and the code that runs those\n// initialisers is `pkg.init`. A closure inside another function belongs to that function.\n//\n// Standard library only; compiles with Go 1.18.\npackage main\n\nimport (\n	"bufio"\n	"encoding/json"\n	"fmt"\n	"os"\n)\n\ntype input struct {\n	Base     listing `json:"base"`\n	Head     listing `json:"head"`\n	Standard bool    `json:"standard"` // the standard library too: the two sides use different Go versions\n}\n\ntype listing struct {\n	Packages []*listed `json:"packages"`\n}\n\n// listed is a package as the go command lists it.\ntype listed struct {\n	ImportPath string            `json:"importPath"`\n	Dir        string            `json:"dir"`\n	Name       string            `json:"name"`\n	IsStandard bool              `json:"isStandard"`\n	Module     *module           `json:"module"`\n	Imports    []string          `json:"imports"`\n	ImportMap  map[string]string `json:"importMap"`\n	GoFiles    []string          `json:"goFiles"`\n	CgoFiles   []string          `json:"cgoFiles"`\n	SFiles     []string          `json:"sFiles"`\n	CFiles     []string          `json:"cFiles"`\n	CXXFiles   []string          `json:"cxxFiles"`\n	MFiles     []string          `json:"mFiles"`\n	HFiles     []string          `json:"hFiles"`\n	EmbedFiles []string          `json:"embedFiles"`\n}\n\ntype module struct {\n	Path    string  `json:"path"`\n	Version string  `json:"version"`\n	Dir     string  `json:"dir"`\n	IsMain  bool    `json:"isMain"`\n	Replace *module `json:"replace"`\n}\n\ntype output struct {\n	Functions struct {\n		Base []*function `json:"base"`\n		Head []*function `json:"head"`\n	} `json:"functions"`\n	Changed  []changed      `json:"changed"`\n	Moved    []moved        `json:"moved"`\n	Modules  []moduleChange `json:"modules"`\n	Unparsed []unparsed     `json:"unparsed"`\n}\n\n// function is a declared function; two of a package may share a key (init, closures of initialisers, build variants).\ntype function struct {\n	Name      string `json:"name"`\n	Kind      string `json:"kind"` // go, assembly or c\n	Package   string `json:"package"`\n	File      string `json:"file"` // as -trimpath prints it\n	Path      string `json:"path"` // on disk\n	StartLine int    `json:"startLine"`\n	EndLine   int    `json:"endLine"`\n	Hash      string `json:"hash"` // of the printed source\n\n	context  string   // what the names in the source stand for: import paths, surroundings of an assembly block\n	mentions mentions // of Go functions\n	words    []string // of assembly and C functions\n}\n\ntype changed struct {\n	Name    string        `json:"name"`\n	Kind    string        `json:"kind"`\n	Status  string        `json:"status"` // modified, added or removed\n	Reason  string        `json:"reason"` // source, uses <pkg.decl>, embed <file>, assembly or cgo\n	Package string        `json:"package"`\n	Module  *moduleChange `json:"module,omitempty"` // the dependency that it belongs to\n}\n\ntype moved struct {\n	From string `json:"from"`\n	To   string `json:"to"`\n}\n\ntype moduleChange struct {\n	Path string `json:"path"`\n	Base string `json:"base,omitempty"` // no version: not there on that side\n	Head string `json:"head,omitempty"`\n}\n\ntype unparsed struct {\n	Path    string `json:"path"`\n	Message string `json:"message"`\n}\n\nfunc main() {\n	if err := run(); err != nil {\n		fmt.Fprintln(os.Stderr, err)\n		os.Exit(1)\n	}\n}\n\nfunc run() error {\n	var in input\n	if err := json.NewDecoder(bufio.NewReader(os.Stdin)).Decode(&in); err != nil {\n		return fmt.Errorf("the package lists on stdin: %w", err)\n	}\n	out, err := find(&in)\n	if err != nil {\n		return err\n	}\n	w := bufio.NewWriter(os.Stdout)\n	if err := json.NewEncoder(w).Encode(out); err != nil {\n		return err\n	}\n	return w.Flush()\n}\n\n// find parses and compares. A first pass takes the packages that may differ; then come the unchanged dependencies that\n// import a package with a changed declaration, since a constant or a type of it is compiled into them.\nfunc find(in *input) (*output, error) {\n	base, head := newSide(in.Base.Packages), newSide(in.Head.Packages)\n	wanted := map[string]bool{}\n	for key := range base.listed {\n		wanted[key] = mayDiffer(base, head, key, in.Standard)\n	}\n	for key := range head.listed {\n		wanted[key] = mayDiffer(base, head, key, in.Standard)\n	}\n	for {\n		if err := base.parse(wanted); err != nil {\n			return nil, err\n		}\n		if err := head.parse(wanted); err != nil {\n			return nil, err\n		}\n		c := compare(base, head)\n		more := false\n		for key, p := range head.listed {\n			if wanted[key] || p.IsStandard && !in.Standard {\n				continue\n			}\n			for _, path := range p.Imports {\n				if c.hasChangedDeclarations(head.key(path)) {\n					wanted[key], more = true, true\n					break\n				}\n			}\n		}\n		if !more {\n			return c.output(), nil\n		}\n	}\n}\n\n// mayDiffer says whether a package has to be parsed: not the standard library, and not a dependency that has the same\n// version on both sides.\nfunc mayDiffer(base, head *side, key string, standard bool) bool {\n	b, h := base.listed[key], head.listed[key]\n	one := h\n	if one == nil {\n		one = b\n	}\n	if one.IsStandard {\n		return standard\n	}\n	if !fixed(one) || b != nil && h != nil && !fixed(b) {\n		return true\n	}\n	version := one.Module.version()\n	return base.modules[one.Module.Path] != version || head.modules[one.Module.Path] != version\n}\n\n// fixed says whether path@version says what the source is: not for a main module, a directory, or a vendored copy, which\n// has no module directory of its own.\nfunc fixed(p *listed) bool {\n	m := p.Module\n	if m == nil || m.IsMain || m.Version == "" || m.Dir == "" {\n		return false\n	}\n	return m.Replace == nil || m.Replace.Version != ""\n}\n\n// version says what was asked for and what stands in for it.\nfunc (m *module) version() string {\n	if m.Replace == nil {\n		return m.Version\n	}\n	if m.Replace.Version == "" {\n		return m.Version + " => " + m.Replace.Path\n	}\n	return m.Version + " => " + m.Replace.Path + " " + m.Replace.Version\n}\n';

// go/changes/compare.go
var compare_default = `package main

import (
	"go/ast"
	"go/token"
	"sort"
	"strings"
)

// reference is a package-level declaration: of a package by its key.
type reference struct{ pkg, name string }

func (r reference) String() string { return r.pkg + "." + r.name }

// comparison is what differs between two parsed sides.
type comparison struct {
	base, head   *side
	packages     []string             // the keys of all parsed packages, sorted
	pairs        map[string][]pair    // the declarations of a package, sorted by name
	declarations map[reference]string // changed -> reason for those who use it
	source       map[reference]bool   // changed in their own source
	fields       []fieldChange
}

// pair is a declaration of one name on both sides; nil where it is not there.
type pair struct {
	ref        reference
	base, head *declaration
}

// fieldChange is a field of a struct type that is not what it was.
type fieldChange struct {
	owner   reference
	name    string
	retyped bool // there on both sides, with another type
}

func compare(base, head *side) *comparison {
	c := &comparison{base: base, head: head, pairs: map[string][]pair{}, declarations: map[reference]string{}, source: map[reference]bool{}}
	keys := map[string]bool{}
	for key := range base.parsed {
		keys[key] = true
	}
	for key := range head.parsed {
		keys[key] = true
	}
	for key := range keys {
		c.packages = append(c.packages, key)
	}
	sort.Strings(c.packages)
	for _, key := range c.packages {
		names := map[string]bool{}
		for _, s := range []*side{base, head} {
			if p := s.parsed[key]; p != nil {
				for name := range p.declarations {
					names[name] = true
				}
			}
		}
		for _, name := range sorted(names) {
			ref := reference{key, name}
			c.pairs[key] = append(c.pairs[key], pair{ref, declarationOf(base, ref), declarationOf(head, ref)})
		}
	}
	c.findDeclarations()
	c.findFields()
	return c
}

func (c *comparison) hasChangedDeclarations(pkg string) bool {
	for _, p := range c.pairs[pkg] {
		if c.declarations[p.ref] != "" {
			return true
		}
	}
	return false
}

func declarationOf(s *side, ref reference) *declaration {
	if p := s.parsed[ref.pkg]; p != nil {
		return p.declarations[ref.name]
	}
	return nil
}

func (c *comparison) exists(ref reference) bool {
	return declarationOf(c.base, ref) != nil || declarationOf(c.head, ref) != nil
}

// each calls do for every declaration of either side, in order.
func (c *comparison) each(do func(p pair)) {
	for _, key := range c.packages {
		for _, p := range c.pairs[key] {
			do(p)
		}
	}
}

// findDeclarations finds the constants, variables and types that differ, then those that are made from them.
func (c *comparison) findDeclarations() {
	c.each(func(p pair) {
		b, h := p.base, p.head
		switch {
		case b != nil && h != nil && b.kind == h.kind && b.hash == h.hash && b.context == h.context:
			if file := differentFile(b.embeds, h.embeds); file != "" {
				c.declarations[p.ref] = "embed " + file
				c.source[p.ref] = true
			}
		case (b == nil || b.kind == token.FUNC) && (h == nil || h.kind == token.FUNC) && !builtin[p.ref.name]:
		default:
			c.declarations[p.ref] = "uses " + p.ref.String()
			c.source[p.ref] = true
		}
	})
	for {
		found := map[reference]string{}
		c.each(func(p pair) {
			if p.head == nil || c.declarations[p.ref] != "" {
				return
			}
			if reason := c.changedUse(p.ref.pkg, p.head.context, p.head.mentions); reason != "" {
				found[p.ref] = reason
			}
		})
		if len(found) == 0 {
			return
		}
		for ref, reason := range found {
			c.declarations[ref] = reason
		}
	}
}

// builtin are the functions of the language that a package may declare anew, or stop doing so: an unchanged call then
// means another function.
var builtin = map[string]bool{}

func init() {
	for _, name := range strings.Fields("append cap clear close complex copy delete imag len make max min new panic print println real recover") {
		builtin[name] = true
	}
}

func differentFile(b, h map[string]string) string {
	names := map[string]bool{}
	for name := range b {
		names[name] = true
	}
	for name := range h {
		names[name] = true
	}
	for _, name := range sorted(names) {
		if b[name] != h[name] {
			return name
		}
	}
	return ""
}

// changedUse is the reason of the first changed declaration among those that a source mentions, or nothing.
func (c *comparison) changedUse(pkg, context string, m mentions) string {
	var dots []string
	for _, part := range strings.Fields(context) {
		if strings.HasPrefix(part, ".=") {
			dots = append(dots, part[2:])
		}
	}
	for _, name := range sorted(m.names) {
		ref := reference{pkg, name}
		if reason := c.declarations[ref]; reason != "" {
			return reason
		}
		if !c.exists(ref) {
			for _, dot := range dots {
				if reason := c.declarations[reference{dot, name}]; reason != "" {
					return reason
				}
			}
		}
	}
	var paths []string
	for path := range m.qualified {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		for _, name := range sorted(m.qualified[path]) {
			if reason := c.declarations[reference{path, name}]; reason != "" {
				return reason
			}
		}
	}
	return ""
}

// findFields finds the fields that got another type, be it by a change of the type's own declaration. A field that was
// added or removed matters to unchanged code only where an embedded type has one of that name.
func (c *comparison) findFields() {
	c.each(func(p pair) {
		b, h := p.base, p.head
		if c.declarations[p.ref] == "" || b == nil || h == nil {
			return
		}
		names := map[string]bool{}
		embeds := false
		for _, fields := range []map[string]field{b.fields, h.fields} {
			for name, f := range fields {
				names[name] = true
				embeds = embeds || f.embedded
			}
		}
		for _, name := range sorted(names) {
			before, hadIt := b.fields[name]
			after, hasIt := h.fields[name]
			switch {
			case !hadIt || !hasIt:
				if embeds {
					c.fields = append(c.fields, fieldChange{p.ref, name, false})
				}
			case before.hash != after.hash, c.changedUse(p.ref.pkg, h.context, after.mentions) != "":
				c.fields = append(c.fields, fieldChange{p.ref, name, true})
			}
		}
	})
}

// selectedField is the reason of a function that selects a changed field: of a type of its own package, or a retyped
// exported one of a package that it imports.
func (c *comparison) selectedField(fn *function, p *goPackage, key string) string {
	for _, field := range c.fields {
		if !fn.mentions.selected[field.name] {
			continue
		}
		if field.owner.pkg == key || field.retyped && ast.IsExported(field.name) && c.imports(p, field.owner.pkg) {
			return "uses " + field.owner.String()
		}
	}
	return ""
}

func (c *comparison) imports(p *goPackage, key string) bool {
	for _, path := range p.listed.Imports {
		if c.head.key(path) == key {
			return true
		}
	}
	return false
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for item := range set {
		list = append(list, item)
	}
	sort.Strings(list)
	return list
}
`;

// go/changes/mentions.go
var mentions_default = 'package main\n\nimport "go/ast"\n\n// mentions are the names in a piece of source that are not local to it. Which of them are declarations, of which\n// package, is known when all files are read.\ntype mentions struct {\n	names      map[string]bool            // of the package itself, dot imports, or the universe\n	qualified  map[string]map[string]bool // import path -> names\n	qualifiers map[string]bool\n	selected   map[string]bool // fields and methods\n	c          bool            // anything of C\n}\n\nfunc (m *mentions) addName(name string) {\n	if m.names == nil {\n		m.names = map[string]bool{}\n	}\n	m.names[name] = true\n}\n\nfunc (m *mentions) addSelected(name string) {\n	if m.selected == nil {\n		m.selected = map[string]bool{}\n	}\n	m.selected[name] = true\n}\n\nfunc (m *mentions) addQualified(qualifier, path, name string) {\n	if m.qualified == nil {\n		m.qualified, m.qualifiers = map[string]map[string]bool{}, map[string]bool{}\n	}\n	if m.qualified[path] == nil {\n		m.qualified[path] = map[string]bool{}\n	}\n	m.qualified[path][name] = true\n	m.qualifiers[qualifier] = true\n}\n\nfunc (f *sourceFile) mentionsOf(n ast.Node) mentions {\n	var m mentions\n	f.collect(n, &m)\n	return m\n}\n\n// collect adds all that a piece of source mentions. The parser has resolved local names, so a shadowed name is none.\nfunc (f *sourceFile) collect(n ast.Node, m *mentions) { f.walk(n, m, true) }\n\n// collectOutside is collect without the closures.\nfunc (f *sourceFile) collectOutside(n ast.Node, m *mentions) { f.walk(n, m, false) }\n\nfunc (f *sourceFile) walk(n ast.Node, m *mentions, closures bool) {\n	if n == nil {\n		return // of a broken file\n	}\n	ast.Inspect(n, func(n ast.Node) bool {\n		switch n := n.(type) {\n		case *ast.Ident:\n			if f.isOuter(n) {\n				m.addName(n.Name)\n			}\n		case *ast.SelectorExpr:\n			if x, ok := n.X.(*ast.Ident); ok && f.isOuter(x) {\n				if x.Name == "C" && f.preambleImported() {\n					m.c = true\n					return false\n				}\n				if path, ok := f.imports[x.Name]; ok {\n					m.addQualified(x.Name, path, n.Sel.Name)\n					return false\n				}\n			}\n			m.addSelected(n.Sel.Name)\n			f.walk(n.X, m, closures)\n			return false\n		case *ast.Field:\n			f.walk(n.Type, m, closures)\n			return false\n		case *ast.FuncDecl:\n			if n.Recv != nil {\n				f.walk(n.Recv, m, closures)\n			}\n			f.walk(n.Type, m, closures)\n			if n.Body != nil {\n				f.walk(n.Body, m, closures)\n			}\n			return false\n		case *ast.FuncLit:\n			return closures\n		case *ast.TypeSpec:\n			if n.TypeParams != nil {\n				f.walk(n.TypeParams, m, closures)\n			}\n			f.walk(n.Type, m, closures)\n			return false\n		case *ast.LabeledStmt:\n			f.walk(n.Stmt, m, closures)\n			return false\n		case *ast.BranchStmt:\n			return false\n		case *ast.CompositeLit:\n			if n.Type != nil {\n				f.walk(n.Type, m, closures)\n			}\n			for _, element := range n.Elts {\n				if pair, ok := element.(*ast.KeyValueExpr); ok {\n					if key, ok := pair.Key.(*ast.Ident); ok {\n						f.addKey(n.Type, key, m)\n						f.walk(pair.Value, m, closures)\n						continue\n					}\n				}\n				f.walk(element, m, closures)\n			}\n			return false\n		}\n		return true\n	})\n}\n\n// addKey takes a key of a composite literal for a field, an expression, or both where the type\'s name does not tell.\nfunc (f *sourceFile) addKey(typ ast.Expr, key *ast.Ident, m *mentions) {\n	_, isMap := typ.(*ast.MapType)\n	_, isArray := typ.(*ast.ArrayType)\n	_, isStruct := typ.(*ast.StructType)\n	if !isMap && !isArray {\n		m.addSelected(key.Name)\n	}\n	if !isStruct && (key.Obj == nil || f.isOuter(key)) {\n		m.addName(key.Name)\n	}\n}\n\n// isOuter says whether a name is declared outside of all functions: in the package, by an import, or by the language.\nfunc (f *sourceFile) isOuter(id *ast.Ident) bool {\n	if f.problem != nil {\n		return true // nothing was resolved\n	}\n	if id.Obj == nil {\n		return f.unresolved[id]\n	}\n	return f.syntax.Scope != nil && f.syntax.Scope.Lookup(id.Name) == id.Obj\n}\n\nfunc (f *sourceFile) preambleImported() bool {\n	for _, spec := range f.syntax.Imports {\n		if spec.Path.Value == `"C"` {\n			return true\n		}\n	}\n	return false\n}\n\n// collectLayout adds what a type\'s layout depends on: its parts by value. What it only points to, or names in the\n// signature of a function, may change without it.\nfunc (f *sourceFile) collectLayout(n ast.Node, m *mentions) {\n	if n == nil {\n		return\n	}\n	ast.Inspect(n, func(n ast.Node) bool {\n		switch n := n.(type) {\n		case *ast.StarExpr, *ast.FuncType:\n			return false\n		case *ast.ArrayType:\n			if n.Len != nil {\n				f.collect(n.Len, m)\n			}\n			f.collectLayout(n.Elt, m)\n			return false\n		case *ast.Field:\n			f.collectLayout(n.Type, m)\n			return false\n		case *ast.SelectorExpr, *ast.Ident:\n			f.collect(n, m)\n			return false\n		}\n		return true\n	})\n}\n';

// go/changes/output.go
var output_default = 'package main\n\nimport (\n	"sort"\n	"strings"\n)\n\nfunc (c *comparison) output() *output {\n	out := &output{Changed: []changed{}, Moved: []moved{}, Modules: c.modules()}\n	out.Functions.Base, out.Functions.Head = functionsOf(c.base, c.packages), functionsOf(c.head, c.packages)\n	out.Unparsed = append(append([]unparsed{}, c.base.unparsed...), c.head.unparsed...)\n	modules := map[string]*moduleChange{}\n	for i := range out.Modules {\n		modules[out.Modules[i].Path] = &out.Modules[i]\n	}\n	for _, key := range c.packages {\n		for _, change := range c.changedOf(key) {\n			p := c.head.listed[key]\n			if p == nil || change.Status == "removed" && c.base.listed[key] != nil {\n				p = c.base.listed[key]\n			}\n			change.Package = p.ImportPath\n			if p.Module != nil && !p.Module.IsMain {\n				change.Module = modules[p.Module.Path]\n				if change.Module == nil {\n					version := p.Module.version()\n					change.Module = &moduleChange{p.Module.Path, version, version}\n				}\n			}\n			out.Changed = append(out.Changed, change)\n		}\n	}\n	out.Moved = c.moved(out.Changed)\n	return out\n}\n\nfunc functionsOf(s *side, packages []string) []*function {\n	all := []*function{}\n	for _, key := range packages {\n		if p := s.parsed[key]; p != nil {\n			all = append(all, p.functions...)\n		}\n	}\n	sort.SliceStable(all, func(i, j int) bool {\n		if all[i].File != all[j].File {\n			return all[i].File < all[j].File\n		}\n		return all[i].StartLine < all[j].StartLine\n	})\n	return all\n}\n\n// changedOf lists the changed functions of one package by name.\nfunc (c *comparison) changedOf(key string) []changed {\n	base, head := byName(c.base.parsed[key]), byName(c.head.parsed[key])\n	cWords, cDiffers := c.changedC(key)\n	names := map[string]bool{}\n	for name := range base {\n		names[name] = true\n	}\n	for name := range head {\n		names[name] = true\n	}\n	var all []changed\n	for _, name := range sorted(names) {\n		b, h := base[name], head[name]\n		one := append(append([]*function{}, h...), b...)[0]\n		change := changed{Name: name, Kind: one.Kind, Reason: "source"}\n		switch {\n		case len(b) == 0:\n			change.Status = "added"\n		case len(h) == 0:\n			change.Status = "removed"\n		default:\n			change.Status, change.Reason = "modified", c.reason(key, b, h, cWords, cDiffers)\n		}\n		if change.Reason != "" {\n			all = append(all, change)\n		}\n	}\n	if start, ok := c.changedStart(key); ok {\n		all = append(all, start)\n		sort.SliceStable(all, func(i, j int) bool { return all[i].Name < all[j].Name })\n	}\n	return all\n}\n\n// reason says why a function that is on both sides counts as changed, or nothing.\nfunc (c *comparison) reason(key string, b, h []*function, cWords map[string]string, cDiffers bool) string {\n	if identity(b) != identity(h) {\n		if h[0].Kind == "assembly" {\n			return "assembly"\n		}\n		return "source"\n	}\n	p := c.head.parsed[key]\n	for _, fn := range h {\n		switch fn.Kind {\n		case "c":\n			for _, word := range fn.words {\n				if word != fn.Name && cWords[word] != "" {\n					return "uses " + cWords[word]\n				}\n			}\n			if cWords[""] != "" {\n				return "uses " + cWords[""]\n			}\n		case "assembly":\n			for _, word := range fn.words {\n				if reason := c.declarations[reference{key, word}]; reason != "" {\n					return reason\n				}\n			}\n		default:\n			if reason := c.changedUse(key, fn.context, fn.mentions); reason != "" {\n				return reason\n			}\n			if reason := c.selectedField(fn, p, key); reason != "" {\n				return reason\n			}\n			if fn.mentions.c && cDiffers {\n				return "cgo"\n			}\n		}\n	}\n	return ""\n}\n\nfunc byName(p *goPackage) map[string][]*function {\n	all := map[string][]*function{}\n	if p != nil {\n		for _, fn := range p.functions {\n			all[fn.Name] = append(all[fn.Name], fn)\n		}\n	}\n	return all\n}\n\n// identity is what a set of functions with one name is, whatever their order and files.\nfunc identity(functions []*function) string {\n	var parts []string\n	for _, fn := range functions {\n		parts = append(parts, fn.Hash+" "+fn.context)\n	}\n	sort.Strings(parts)\n	return strings.Join(parts, "\\n")\n}\n\n// changedStart says whether the code that initialises a package\'s variables differs: the synthetic function `init`.\nfunc (c *comparison) changedStart(key string) (changed, bool) {\n	before, after, reason := false, false, ""\n	for _, p := range c.pairs[key] {\n		ranBefore, runsAfter := p.base != nil && p.base.runs, p.head != nil && p.head.runs\n		before, after = before || ranBefore, after || runsAfter\n		if !ranBefore && !runsAfter || c.declarations[p.ref] == "" {\n			continue\n		}\n		if c.source[p.ref] {\n			reason = "source"\n		} else if reason == "" {\n			reason = c.declarations[p.ref]\n		}\n	}\n	change := changed{Name: key + ".init", Kind: "go", Status: "modified", Reason: reason}\n	switch {\n	case !before:\n		change.Status = "added"\n	case !after:\n		change.Status = "removed"\n	}\n	return change, reason != ""\n}\n\n// moved pairs removed with added functions of the same printed source; where there are several, the packages whose paths\n// end alike go together.\nfunc (c *comparison) moved(all []changed) []moved {\n	status := map[string]string{}\n	for _, change := range all {\n		status[change.Name] = change.Status\n	}\n	added := map[string][]*function{}\n	for _, key := range c.packages {\n		if p := c.head.parsed[key]; p != nil {\n			for _, fn := range p.functions {\n				if fn.Kind == "go" && status[fn.Name] == "added" && !strings.HasSuffix(fn.Name, "*") {\n					added[fn.Hash] = append(added[fn.Hash], fn)\n				}\n			}\n		}\n	}\n	pairs := []moved{}\n	taken := map[string]bool{}\n	for _, key := range c.packages {\n		p := c.base.parsed[key]\n		if p == nil {\n			continue\n		}\n		for _, fn := range p.functions {\n			if fn.Kind != "go" || status[fn.Name] != "removed" || taken[fn.Name] || strings.HasSuffix(fn.Name, "*") {\n				continue\n			}\n			best, score := "", -1\n			for _, to := range added[fn.Hash] {\n				if s := commonEnd(fn.Package, to.Package); !taken[to.Name] && s > score {\n					best, score = to.Name, s\n				}\n			}\n			if best != "" {\n				taken[best], taken[fn.Name] = true, true\n				pairs = append(pairs, moved{fn.Name, best})\n			}\n		}\n	}\n	sort.Slice(pairs, func(i, j int) bool { return pairs[i].From < pairs[j].From })\n	return pairs\n}\n\nfunc commonEnd(a, b string) int {\n	x, y := strings.Split(a, "/"), strings.Split(b, "/")\n	n := 0\n	for n < len(x) && n < len(y) && x[len(x)-1-n] == y[len(y)-1-n] {\n		n++\n	}\n	return n\n}\n\nfunc (c *comparison) modules() []moduleChange {\n	paths := map[string]bool{}\n	for path := range c.base.modules {\n		paths[path] = true\n	}\n	for path := range c.head.modules {\n		paths[path] = true\n	}\n	list := []moduleChange{}\n	for _, path := range sorted(paths) {\n		if b, h := c.base.modules[path], c.head.modules[path]; b != h {\n			list = append(list, moduleChange{path, b, h})\n		}\n	}\n	return list\n}\n';

// go/changes/packages.go
var packages_default = `package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// side is base or head: what is listed, and what has been parsed of it. Packages are known by the prefix of their
// functions' names: the import path, or \`main\`, so that a main package keeps its identity when its directory moves.
type side struct {
	listed   map[string]*listed
	modules  map[string]string // path -> version
	names    map[string]string // import path -> package name
	prefixes map[string]string // import path -> prefix
	parsed   map[string]*goPackage
	unparsed []unparsed
}

type goPackage struct {
	listed       *listed
	functions    []*function
	declarations map[string]*declaration
	c            cSource // of cgo
}

func newSide(packages []*listed) *side {
	s := &side{
		listed: map[string]*listed{}, modules: map[string]string{}, names: map[string]string{},
		prefixes: map[string]string{}, parsed: map[string]*goPackage{}, unparsed: []unparsed{},
	}
	for _, p := range packages {
		prefix := p.ImportPath
		if p.Name == "main" {
			prefix = "main"
		}
		s.listed[prefix] = p
		s.names[p.ImportPath] = p.Name
		s.prefixes[p.ImportPath] = prefix
		if p.Module != nil && !p.Module.IsMain {
			s.modules[p.Module.Path] = p.Module.version()
		}
	}
	return s
}

func (s *side) key(importPath string) string {
	if prefix, ok := s.prefixes[importPath]; ok {
		return prefix
	}
	return importPath
}

// parse reads the wanted packages that have not been read yet.
func (s *side) parse(wanted map[string]bool) error {
	var keys []string
	for key := range wanted {
		if wanted[key] && s.listed[key] != nil && s.parsed[key] == nil {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	results := make([]*goPackage, len(keys))
	problems := make([][]unparsed, len(keys))
	errs := make([]error, len(keys))
	var group sync.WaitGroup
	free := make(chan struct{}, runtime.NumCPU())
	for i := range keys {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			free <- struct{}{}
			results[i], problems[i], errs[i] = s.readPackage(keys[i])
			<-free
		}(i)
	}
	group.Wait()
	for i, key := range keys {
		if errs[i] != nil {
			return errs[i]
		}
		s.parsed[key] = results[i]
		s.unparsed = append(s.unparsed, problems[i]...)
	}
	return nil
}

func (s *side) readPackage(key string) (*goPackage, []unparsed, error) {
	listed := s.listed[key]
	p := &goPackage{listed: listed, declarations: map[string]*declaration{}}
	problems := []unparsed{}
	embedded := func(patterns []string) map[string]string { return nil }
	if len(listed.EmbedFiles) > 0 {
		digests, err := fileDigests(listed.Dir, listed.EmbedFiles)
		if err != nil {
			return nil, nil, err
		}
		embedded = func(patterns []string) map[string]string { return matching(patterns, digests) }
	}
	named := func(importPath string) string { return s.packageName(listed, importPath) }
	var preambles []cFile
	for _, name := range append(append([]string{}, listed.GoFiles...), listed.CgoFiles...) {
		full := filepath.Join(listed.Dir, name)
		src, err := os.ReadFile(full)
		if err != nil {
			return nil, nil, err
		}
		f := readSource(full, src, named)
		if f.problem != nil {
			problems = append(problems, unparsed{full, f.problem.Error()})
		}
		s.resolveImports(f, listed)
		p.add(name, f.functions(key)...)
		f.declarations(p.declarations, embedded)
		if f.preamble != "" {
			preambles = append(preambles, cFile{name: name, text: f.preamble})
		}
	}
	if err := p.addAssembly(key); err != nil {
		return nil, nil, err
	}
	if len(listed.CgoFiles) > 0 {
		if err := p.addC(preambles); err != nil {
			return nil, nil, err
		}
	}
	return p, problems, nil
}

// add places functions in a file of the package.
func (p *goPackage) add(name string, functions ...*function) {
	for _, fn := range functions {
		fn.Package = p.listed.ImportPath
		fn.Path = filepath.Join(p.listed.Dir, filepath.FromSlash(name))
		fn.File = p.listed.trimmed(name)
		p.functions = append(p.functions, fn)
	}
}

// trimmed is a file's name as -trimpath prints it.
func (p *listed) trimmed(name string) string {
	if m := p.Module; m != nil && m.Version != "" && !p.IsStandard {
		return m.Path + "@" + m.Version + strings.TrimPrefix(p.ImportPath, m.Path) + "/" + name
	}
	return p.ImportPath + "/" + name
}

// packageName is the name that an import without an alias declares.
func (s *side) packageName(from *listed, importPath string) string {
	if mapped, ok := from.ImportMap[importPath]; ok {
		importPath = mapped
	}
	if name, ok := s.names[importPath]; ok {
		return name
	}
	return path.Base(importPath)
}

// resolveImports replaces the paths as written by the keys of the packages that they stand for (vendoring may map them).
func (s *side) resolveImports(f *sourceFile, from *listed) {
	resolve := func(written string) string {
		if mapped, ok := from.ImportMap[written]; ok {
			written = mapped
		}
		return s.key(written)
	}
	for name, written := range f.imports {
		f.imports[name] = resolve(written)
	}
	for i, written := range f.dots {
		f.dots[i] = resolve(written)
	}
}

func fileDigests(dir string, names []string) (map[string]string, error) {
	digests := map[string]string{}
	for _, name := range names {
		file, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		h := sha256.New()
		_, err = io.Copy(h, file)
		file.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		digests[name] = hex.EncodeToString(h.Sum(nil)[:12])
	}
	return digests, nil
}

// matching picks the files that //go:embed patterns take: a pattern that names a directory takes what is in it.
func matching(patterns []string, digests map[string]string) map[string]string {
	var picked map[string]string
	for name, digest := range digests {
		for _, pattern := range patterns {
			pattern = strings.TrimPrefix(pattern, "all:")
			for part := name; part != "." && part != "/"; part = path.Dir(part) {
				if ok, err := path.Match(pattern, part); ok && err == nil || pattern == "." {
					if picked == nil {
						picked = map[string]string{}
					}
					picked[name] = digest
					break
				}
			}
		}
	}
	return picked
}

// embedPatterns splits a //go:embed line, whose words may be quoted.
func embedPatterns(line string) []string {
	var patterns []string
	rest := strings.TrimSpace(strings.TrimPrefix(line, "//go:embed"))
	for rest != "" {
		end := strings.IndexAny(rest, " \\t")
		if rest[0] == '"' || rest[0] == '\`' {
			if quoted, err := strconv.QuotedPrefix(rest); err == nil {
				end = len(quoted)
			}
		}
		if end < 0 {
			end = len(rest)
		}
		patterns = append(patterns, unquote(rest[:end]))
		rest = strings.TrimSpace(rest[end:])
	}
	return patterns
}

func unquote(s string) string {
	if text, err := strconv.Unquote(s); err == nil {
		return text
	}
	return s
}
`;

// go/changes/source.go
var source_default = `package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"sort"
	"strings"
)

// declaration is a package-level constant, variable or type. Functions are here as names only: what they do is judged by
// their own source, and a caller does not change because what it calls has changed.
type declaration struct {
	kind     token.Token // CONST, VAR, TYPE or FUNC
	hash     string
	context  string   // the import paths behind its qualifiers
	mentions mentions // declarations whose change changes this one
	fields   map[string]field
	embeds   map[string]string // embedded file -> digest of its content
	runs     bool              // a variable whose initialiser may need code at start-up
}

type field struct {
	hash     string
	mentions mentions
	embedded bool
}

// sourceFile is one parsed Go file.
type sourceFile struct {
	src        []byte
	syntax     *ast.File
	handle     *token.File
	tokens     tokens
	imports    map[string]string // qualifier -> import path
	dots       []string          // dot-imported paths
	unresolved map[*ast.Ident]bool
	preamble   string // of import "C"
	linknames  map[string][]string
	directives map[ast.Node][]string // //go: lines that the compiler applies to a declaration
	embeds     map[ast.Node][]string // patterns of a variable
	problem    error                 // it does not parse: its declarations are as good as the parser's recovery
}

// readSource parses a file. \`named\` gives the name of an imported package.
func readSource(path string, src []byte, named func(path string) string) *sourceFile {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, path, src, parser.ParseComments)
	if err != nil {
		// The resolver gives up on scopes that the compiler accepts (1000 deep), so what can be had is had without it.
		fset = token.NewFileSet()
		syntax, _ = parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	}
	f := &sourceFile{
		src: src, syntax: syntax, problem: err, tokens: scan(src), handle: fset.File(syntax.Package),
		imports: map[string]string{}, unresolved: map[*ast.Ident]bool{}, linknames: map[string][]string{},
		directives: map[ast.Node][]string{}, embeds: map[ast.Node][]string{},
	}
	if f.handle == nil { // not even a package clause
		f.handle = fset.AddFile(path, fset.Base(), len(src))
		f.syntax = &ast.File{Name: ast.NewIdent("_")}
	}
	for _, id := range f.syntax.Unresolved {
		f.unresolved[id] = true
	}
	f.readImports(named)
	f.readDirectives()
	return f
}

func (f *sourceFile) readImports(named func(path string) string) {
	for _, decl := range f.syntax.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.IMPORT {
			continue
		}
		for _, spec := range group.Specs {
			spec := spec.(*ast.ImportSpec)
			path := unquote(spec.Path.Value)
			if path == "C" {
				f.addPreamble(group.Doc)
				f.addPreamble(spec.Doc)
				continue
			}
			switch {
			case spec.Name == nil:
				f.imports[named(path)] = path
			case spec.Name.Name == ".":
				f.dots = append(f.dots, path)
			case spec.Name.Name != "_":
				f.imports[spec.Name.Name] = path
			}
		}
	}
}

// addPreamble keeps a comment as the C compiler sees it, on the lines where it stands.
func (f *sourceFile) addPreamble(doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	for _, c := range doc.List {
		if missing := f.line(c.Pos()) - 1 - strings.Count(f.preamble, "\\n"); missing > 0 {
			f.preamble += strings.Repeat("\\n", missing)
		}
		if strings.HasPrefix(c.Text, "//") {
			f.preamble += c.Text[2:] + "\\n"
		} else {
			f.preamble += c.Text[2:len(c.Text)-2] + "\\n"
		}
	}
}

// readDirectives gives each //go: line to the declaration that the compiler applies it to: the next one.
func (f *sourceFile) readDirectives() {
	var targets []ast.Node
	for _, decl := range f.syntax.Decls {
		targets = append(targets, decl)
		if group, ok := decl.(*ast.GenDecl); ok && group.Lparen.IsValid() {
			for _, spec := range group.Specs {
				targets = append(targets, spec)
			}
		}
	}
	for _, group := range f.syntax.Comments {
		for _, c := range group.List {
			words := strings.Fields(c.Text)
			if len(words) == 0 {
				continue
			}
			switch {
			case words[0] == "//go:linkname" && len(words) > 1, words[0] == "//export" && len(words) > 1:
				f.linknames[words[1]] = append(f.linknames[words[1]], strings.Join(words, " "))
			case words[0] == "//go:build", words[0] == "//go:generate", words[0] == "//go:debug", words[0] == "//go:fix":
			case strings.HasPrefix(words[0], "//go:"):
				for _, target := range targets {
					if target.Pos() <= c.Pos() {
						if target.End() > c.Pos() && !isGroup(target) {
							break // inside a function
						}
						continue
					}
					if words[0] == "//go:embed" {
						f.embeds[target] = append(f.embeds[target], embedPatterns(c.Text)...)
					} else {
						f.directives[target] = append(f.directives[target], strings.Join(words, " "))
					}
					break
				}
			}
		}
	}
}

func isGroup(n ast.Node) bool {
	group, ok := n.(*ast.GenDecl)
	return ok && group.Lparen.IsValid()
}

func (f *sourceFile) offset(pos token.Pos) int { return f.handle.Offset(f.inside(pos)) }
func (f *sourceFile) line(pos token.Pos) int   { return f.handle.PositionFor(f.inside(pos), false).Line }

// inside keeps the positions of a broken file within it.
func (f *sourceFile) inside(pos token.Pos) token.Pos {
	if first := token.Pos(f.handle.Base()); pos < first {
		return first
	}
	if end := token.Pos(f.handle.Base() + f.handle.Size()); pos > end {
		return end
	}
	return pos
}

// print gives a node's source without comments and formatting; in a broken file its place, as the file's text tells.
func (f *sourceFile) print(n ast.Node, holes ...span) string {
	if f.problem != nil {
		return fmt.Sprint("at ", f.offset(n.Pos()))
	}
	return f.tokens.print(f.offset(n.Pos()), f.offset(n.End()), holes)
}

// hash is the printed source's digest; of a file that does not parse, the whole file's.
func (f *sourceFile) hash(parts ...string) string {
	if f.problem != nil {
		return digest(append(parts, string(f.src))...)
	}
	return digest(parts...)
}

// context says what the qualifiers in a source mean, so that another import under the same name is a change.
func (f *sourceFile) context(m mentions) string {
	var parts []string
	for name := range m.qualifiers {
		parts = append(parts, name+"="+f.imports[name])
	}
	if len(m.names) > 0 {
		for _, path := range f.dots {
			parts = append(parts, ".="+path)
		}
	}
	sort.Strings(parts)
	return strings.Join(parts, " ")
}

// functions are the file's functions and the closures of its package-level initialisers and init functions.
func (f *sourceFile) functions(prefix string) []*function {
	var all []*function
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.Name == "_" {
				continue
			}
			m := f.mentionsOf(decl)
			directives := append(append([]string{}, f.directives[decl]...), f.linknames[decl.Name.Name]...)
			all = append(all, &function{
				Name: prefix + "." + functionName(decl), Kind: "go",
				StartLine: f.line(decl.Pos()), EndLine: f.line(decl.End()),
				Hash:    f.hash(f.print(decl), strings.Join(directives, "\\n")),
				context: f.context(m), mentions: m,
			})
			// Profiles number them with those of the initialisers, and not by the init function that they stand in.
			if functionName(decl) == "init.*" {
				all = append(all, f.closures(prefix, decl.Body)...)
			}
		case *ast.GenDecl:
			if decl.Tok != token.VAR {
				continue
			}
			for _, spec := range decl.Specs {
				for _, value := range spec.(*ast.ValueSpec).Values {
					all = append(all, f.closures(prefix, value)...)
				}
			}
		}
	}
	return all
}

// closures are those of code that runs at start-up; all of a package have one name.
func (f *sourceFile) closures(prefix string, startUp ast.Node) []*function {
	var all []*function
	for _, closure := range outermostClosures(startUp) {
		m := f.mentionsOf(closure)
		all = append(all, &function{
			Name: prefix + ".glob..func*", Kind: "go",
			StartLine: f.line(closure.Pos()), EndLine: f.line(closure.End()),
			Hash:    f.hash(f.print(closure)),
			context: f.context(m), mentions: m,
		})
	}
	return all
}

// functionName is a function's name behind the package's: F, F[...], T.M, (*T).M, (*T[...]).M, (*T).M[...] (from Go 1.27
// on), init.*.
func functionName(decl *ast.FuncDecl) string {
	name := decl.Name.Name
	if decl.Type.TypeParams != nil {
		name += "[...]"
	}
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		if name == "init" {
			return "init.*"
		}
		return name
	}
	receiver, pointer := decl.Recv.List[0].Type, false
	for {
		switch t := receiver.(type) {
		case *ast.ParenExpr:
			receiver = t.X
			continue
		case *ast.StarExpr:
			receiver, pointer = t.X, true
			continue
		}
		break
	}
	typeName := ""
	switch t := receiver.(type) {
	case *ast.Ident:
		typeName = t.Name
	case *ast.IndexExpr:
		typeName = fmt.Sprint(t.X) + "[...]"
	case *ast.IndexListExpr:
		typeName = fmt.Sprint(t.X) + "[...]"
	}
	if pointer {
		return "(*" + typeName + ")." + name
	}
	return typeName + "." + name
}

func outermostClosures(n ast.Node) []*ast.FuncLit {
	var all []*ast.FuncLit
	ast.Inspect(n, func(n ast.Node) bool {
		if closure, ok := n.(*ast.FuncLit); ok {
			all = append(all, closure)
			return false
		}
		return true
	})
	return all
}

// declarations adds the file's package-level names to \`all\`. \`embedded\` gives the files that patterns match.
func (f *sourceFile) declarations(all map[string]*declaration, embedded func(patterns []string) map[string]string) {
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil && decl.Name.Name != "init" && decl.Name.Name != "_" {
				all[decl.Name.Name] = &declaration{kind: token.FUNC}
			}
		case *ast.GenDecl:
			switch decl.Tok {
			case token.CONST:
				f.constants(decl, all)
			case token.VAR:
				for _, spec := range decl.Specs {
					spec := spec.(*ast.ValueSpec)
					patterns := f.embeds[spec]
					if !decl.Lparen.IsValid() {
						patterns = f.embeds[decl]
					}
					f.variables(spec, embedded(patterns), all)
				}
			case token.TYPE:
				for _, spec := range decl.Specs {
					spec := spec.(*ast.TypeSpec)
					directives := f.directives[spec]
					if !decl.Lparen.IsValid() {
						directives = f.directives[decl]
					}
					all[spec.Name.Name] = f.typeDeclaration(spec, directives)
				}
			}
		}
	}
	delete(all, "_")
}

// constants follows the implicit repetition of a group; the position in it counts where the expression has iota.
func (f *sourceFile) constants(group *ast.GenDecl, all map[string]*declaration) {
	var typ ast.Expr
	var values []ast.Expr
	for i, spec := range group.Specs {
		spec := spec.(*ast.ValueSpec)
		if spec.Type != nil || len(spec.Values) > 0 {
			typ, values = spec.Type, spec.Values
		}
		for j, name := range spec.Names {
			d := &declaration{kind: token.CONST}
			text := ""
			if typ != nil {
				text = f.print(typ)
				f.collect(typ, &d.mentions)
			}
			if j < len(values) {
				text += "=" + f.print(values[j])
				f.collect(values[j], &d.mentions)
			}
			if d.mentions.names["iota"] {
				text += fmt.Sprint("iota ", i)
			}
			d.hash, d.context = f.hash(text), f.context(d.mentions)
			all[name.Name] = d
		}
	}
}

// variables leaves the closures out of their initialisers: those are functions of their own.
func (f *sourceFile) variables(spec *ast.ValueSpec, embeds map[string]string, all map[string]*declaration) {
	for j, name := range spec.Names {
		d := &declaration{kind: token.VAR, embeds: embeds}
		text := ""
		if spec.Type != nil {
			text = f.print(spec.Type)
			f.collectLayout(spec.Type, &d.mentions)
		}
		values := spec.Values
		if len(values) == len(spec.Names) {
			values = values[j : j+1]
		} else if len(values) > 0 {
			text += fmt.Sprint(" result ", j)
		}
		for _, value := range values {
			var holes []span
			for _, closure := range outermostClosures(value) {
				holes = append(holes, span{f.offset(closure.Body.Pos()), f.offset(closure.Body.End())})
			}
			text += "=" + f.print(value, holes...)
			f.collectOutside(value, &d.mentions)
			d.runs = d.runs || needsCode(value)
		}
		for _, line := range f.linknames[name.Name] {
			text += line
		}
		d.hash, d.context = f.hash(text), f.context(d.mentions)
		if name.Name == "_" {
			all["_ "+d.hash] = d // it runs code and has no name
		} else {
			all[name.Name] = d
		}
	}
}

// needsCode says whether an initialiser may need code at start-up; names of variables count as if they did not, as what
// they are is not known here.
func needsCode(value ast.Expr) bool {
	needs := false
	ast.Inspect(value, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr, *ast.CompositeLit, *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr:
			needs = true
		}
		return !needs
	})
	return needs
}

func (f *sourceFile) typeDeclaration(spec *ast.TypeSpec, directives []string) *declaration {
	d := &declaration{kind: token.TYPE}
	if spec.TypeParams != nil {
		f.collectLayout(spec.TypeParams, &d.mentions)
	}
	f.collectLayout(spec.Type, &d.mentions)
	if structure, ok := spec.Type.(*ast.StructType); ok {
		d.fields = map[string]field{}
		for _, one := range structure.Fields.List {
			member := field{hash: f.hash(f.print(one.Type))}
			f.collectLayout(one.Type, &member.mentions)
			for _, name := range one.Names {
				d.fields[name.Name] = member
			}
			if len(one.Names) == 0 {
				member.embedded = true
				d.fields[embeddedName(one.Type)] = member
			}
		}
	}
	var full mentions
	f.collect(spec, &full)
	d.hash, d.context = f.hash(f.print(spec), strings.Join(directives, "\\n")), f.context(full)
	return d
}

func embeddedName(typ ast.Expr) string {
	switch t := typ.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		return t.Sel.Name
	case *ast.StarExpr:
		return embeddedName(t.X)
	case *ast.ParenExpr:
		return embeddedName(t.X)
	case *ast.IndexExpr:
		return embeddedName(t.X)
	case *ast.IndexListExpr:
		return embeddedName(t.X)
	}
	return ""
}
`;

// go/changes/tokens.go
var tokens_default = 'package main\n\nimport (\n	"crypto/sha256"\n	"encoding/hex"\n	"go/scanner"\n	"go/token"\n	"sort"\n	"strings"\n)\n\n// tokens is a Go file without comments, blanks and positions: what formatting cannot change.\ntype tokens struct {\n	offsets []int\n	kinds   []token.Token\n	texts   []string\n}\n\ntype span struct{ from, to int }\n\nfunc scan(src []byte) tokens {\n	var t tokens\n	var s scanner.Scanner\n	fset := token.NewFileSet()\n	s.Init(fset.AddFile("", fset.Base(), len(src)), src, func(token.Position, string) {}, 0)\n	for {\n		pos, kind, text := s.Scan()\n		if kind == token.EOF {\n			return t\n		}\n		if kind == token.SEMICOLON || text == "" {\n			text = kind.String() // a semicolon at the end of a line is one like any other\n		}\n		t.offsets = append(t.offsets, int(pos)-1)\n		t.kinds = append(t.kinds, kind)\n		t.texts = append(t.texts, text)\n	}\n}\n\n// print joins the tokens from one offset to another, leaving out the holes. Semicolons and commas before a closing\n// bracket depend on line breaks and are left out too.\nfunc (t tokens) print(from, to int, holes []span) string {\n	var b strings.Builder\n	first := sort.SearchInts(t.offsets, from)\n	pending := ""\n	for i := first; i < len(t.offsets) && t.offsets[i] < to; i++ {\n		if len(holes) > 0 && t.offsets[i] >= holes[0].from {\n			if t.offsets[i] >= holes[0].to {\n				holes = holes[1:]\n				i--\n				continue\n			}\n			if i > 0 && t.offsets[i-1] < holes[0].from {\n				b.WriteString(pending + "{}\\n")\n				pending = ""\n			}\n			continue\n		}\n		switch t.kinds[i] {\n		case token.SEMICOLON, token.COMMA:\n			b.WriteString(pending)\n			pending = t.texts[i] + "\\n"\n			continue\n		case token.RPAREN, token.RBRACE, token.RBRACK:\n			pending = ""\n		}\n		b.WriteString(pending + t.texts[i] + "\\n")\n		pending = ""\n	}\n	return b.String()\n}\n\n// digest is the identity of a printed source.\nfunc digest(parts ...string) string {\n	h := sha256.New()\n	for _, part := range parts {\n		h.Write([]byte(part))\n		h.Write([]byte{0})\n	}\n	return hex.EncodeToString(h.Sum(nil)[:12])\n}\n';

// src/changes/changes.ts
function parseChanges(text) {
  const top = object(JSON.parse(text), "changes");
  const functions = object(top["functions"], "functions");
  return {
    functions: {
      base: list(functions["base"], "functions.base", declared),
      head: list(functions["head"], "functions.head", declared)
    },
    changed: list(top["changed"], "changed", changed),
    moved: list(top["moved"], "moved", (value, at) => {
      const record = object(value, at);
      return { from: string(record, "from", at), to: string(record, "to", at) };
    }),
    modules: list(top["modules"], "modules", moduleChange),
    unparsed: list(top["unparsed"], "unparsed", (value, at) => {
      const record = object(value, at);
      return { path: string(record, "path", at), message: string(record, "message", at) };
    })
  };
}
var KINDS = ["go", "assembly", "c"];
var STATUSES = ["modified", "added", "removed"];
var REASON = /^(source|assembly|cgo|uses .+|embed .+)$/;
function declared(value, at) {
  const record = object(value, at);
  return {
    name: string(record, "name", at),
    kind: oneOf(record, "kind", KINDS, at),
    package: string(record, "package", at),
    file: string(record, "file", at),
    path: string(record, "path", at),
    startLine: line(record, "startLine", at),
    endLine: line(record, "endLine", at),
    hash: string(record, "hash", at)
  };
}
function changed(value, at) {
  const record = object(value, at);
  const reason = string(record, "reason", at);
  if (!REASON.test(reason)) throw wrong(`${at}.reason`, reason);
  return {
    name: string(record, "name", at),
    kind: oneOf(record, "kind", KINDS, at),
    status: oneOf(record, "status", STATUSES, at),
    reason,
    package: string(record, "package", at),
    ...record["module"] === void 0 ? {} : { module: moduleChange(record["module"], `${at}.module`) }
  };
}
function moduleChange(value, at) {
  const record = object(value, at);
  return {
    path: string(record, "path", at),
    ...record["base"] === void 0 ? {} : { base: string(record, "base", at) },
    ...record["head"] === void 0 ? {} : { head: string(record, "head", at) }
  };
}
function object(value, at) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(at, value);
  return value;
}
function list(value, at, item) {
  if (!Array.isArray(value)) throw wrong(at, value);
  return value.map((one, index) => item(one, `${at}[${index}]`));
}
function string(record, key, at) {
  const value = record[key];
  if (typeof value !== "string" || value === "") throw wrong(`${at}.${key}`, value);
  return value;
}
function line(record, key, at) {
  const value = record[key];
  if (!Number.isInteger(value) || value < 1) throw wrong(`${at}.${key}`, value);
  return value;
}
function oneOf(record, key, allowed, at) {
  const value = record[key];
  if (!allowed.includes(value)) throw wrong(`${at}.${key}`, value);
  return value;
}
function wrong(at, value) {
  return new Error(`the change finder's answer is malformed at ${at}: ${JSON.stringify(value) ?? "nothing"}`);
}

// src/changes/find.ts
var CHANGES_PROGRAM = {
  name: "changes",
  files: {
    "assembly.go": assembly_default,
    "c.go": c_default,
    "changes.go": changes_default,
    "compare.go": compare_default,
    "mentions.go": mentions_default,
    "output.go": output_default,
    "packages.go": packages_default,
    "source.go": source_default,
    "tokens.go": tokens_default
  }
};
async function findChanges(options) {
  const { base, head, hasOtherGo } = options;
  const input = { base: { packages: base }, head: { packages: head }, standard: hasOtherGo === true };
  return parseChanges(await askGoProgram(CHANGES_PROGRAM, input, options));
}

// src/run/find-changed.ts
var CHOOSING = ["CGO_ENABLED", "GOOS", "GOARCH"];
async function findChanged(job, code, diff, dataFiles) {
  const { config, checkouts, serviceDirectory, work, world } = job;
  const { flags, env: buildEnv } = config.service.build;
  const env = { ...world.env, GOTMPDIR: work, ...buildEnv };
  const packagesOf = (side, signal) => {
    const { settings } = code[side];
    const chosen = Object.fromEntries(
      CHOOSING.flatMap((name) => settings.has(name) ? [[name, settings.get(name)]] : [])
    );
    return listPackages("go", join(checkouts[side].directory, serviceDirectory), packageOf(job, side), {
      env: { ...env, ...chosen },
      flags,
      tags: (settings.get("-tags") ?? "").split(",").filter((tag) => tag !== ""),
      signal
    });
  };
  const [base, head] = await atOnce(["base", "head"], world.signal, packagesOf);
  const changes = await findChanges({
    env,
    base,
    head,
    hasOtherGo: code.base.goVersion !== code.head.goVersion,
    temporaryDirectory: work,
    signal: world.signal
  });
  const inRepository = (side, file) => {
    const inside = relative(checkouts[side].directory, file);
    return inside.startsWith("..") ? void 0 : inside;
  };
  return changeRecord(changes, diff, inRepository, code.changed, { language: languageChanges(base, head), dataFiles });
}
function languageChanges(base, head) {
  const [before, after] = [base, head].map((packages) => {
    const own = packages.flatMap(
      ({ module }) => module?.isMain ? [[module.path, module.goVersion ?? "1.16"]] : []
    );
    return new Map(own);
  });
  return [...before].flatMap(([module, version]) => {
    const now = after.get(module);
    return now === void 0 || now === version ? [] : [{ module, base: version, head: now }];
  });
}

// src/run/find-sides.ts
import { relative as relative2, resolve } from "node:path";

// src/git/untracked.ts
async function untrackedDirectories(repo, names) {
  const specs = names.map((name) => `:(top,glob)**/${name}/**`);
  const listed2 = await repo.git.run([
    "ls-files",
    "--others",
    "--exclude-standard",
    "--full-name",
    "-z",
    "--",
    ...specs
  ]);
  const found = /* @__PURE__ */ new Set();
  for (const path of listed2.split("\0")) {
    const parts = path.split("/");
    const at = parts.findIndex((part) => names.includes(part));
    if (at >= 0) found.add(parts.slice(0, at + 1).join("/"));
  }
  return [...found];
}

// src/run/find-sides.ts
var RUN_DIRECTORIES = ["perf-gate-out", "perf-gate-out.unfinished"];
async function findSides({ repo, config }, wanted, output) {
  const { store, branch } = config.baseline;
  const stored = store?.kind === "directory" ? [resolve(directoryOf(repo, config), store.path)] : [];
  const ours = insideOf(repo, [output, `${output}.unfinished`, ...stored]);
  const others = wanted.head === void 0 ? await untrackedDirectories(repo, RUN_DIRECTORIES) : [];
  const { base, baseReason, head } = wanted;
  return resolveSides(repo, { head, base, baseReason, branch, exclude: [.../* @__PURE__ */ new Set([...ours, ...others])] });
}
var insideOf = ({ root }, paths) => paths.map((path) => relative2(root, path)).filter((path) => path !== "" && !path.startsWith(".."));

// src/run/loads-in-force.ts
import { join as join2, resolve as resolve2 } from "node:path";

// src/run/quick.ts
var REQUESTS = 50;
var WARMUP = 30;
function quickConfig(config) {
  const isLimited = config.scenarios.concat([{ name: "", load: config.load, limits: config.limits }]).some(({ limits: { metrics } }) => metrics["io-calls"].total !== "off" || metrics["io-bytes"].total !== "off");
  const instruments = config.instruments.filter((name) => name !== "cpu" && (name !== "io" || isLimited));
  if (instruments.length === 0) {
    throw new UserError(
      `--quick measures no ${listed(config.instruments, "and no")}, and ${config.fileName} names nothing else`,
      {
        hint: "leave --quick out, or name more with --instruments instructions,allocs"
      }
    );
  }
  const fewer = (load) => ({
    ...load,
    count: Math.min(load.count, REQUESTS),
    warmup: Math.min(load.warmup, WARMUP)
  });
  return {
    ...config,
    instruments,
    load: fewer(config.load),
    scenarios: config.scenarios.map((scenario) => ({ ...scenario, load: fewer(scenario.load) })),
    baseline: { ...config.baseline, store: void 0 }
  };
}
function quickBench(bench, asked) {
  const { instruments, load } = bench.config;
  const leftOut = asked.instruments.filter((name) => !instruments.includes(name));
  const notMeasured = leftOut.length === 0 ? "" : `, without ${listed(leftOut, "and")}`;
  const text = `a quick look: ${wholeDecks(bench, load.count)} requests were counted${notMeasured}; perf-gate run measures everything`;
  return { ...bench, isQuick: true, warnings: [...bench.warnings, { code: "quick", text }] };
}

// src/run/loads-in-force.ts
function sendingsOf(rules, named, isNewService) {
  const { config, ofBase, differences } = rules;
  const chosen = (of) => named === void 0 ? eachScenario(of) : [scenarioCalled(of, named)];
  if (ofBase === void 0) return all(chosen(config), (one) => ({ config: one }));
  const { directory, headsOwn } = ofBase;
  const heads = (why) => all(chosen(headsOwn), (one) => ({ config: one, whyNotBase: why }));
  if (isNewService) return heads("the base does not have the service");
  const isIn = ({ scenarios }) => scenarios.some(({ name }) => name === named);
  if (named !== void 0 && !isIn(config) && isIn(headsOwn)) return heads(`the base has no scenario ${named}`);
  return all(chosen(config), (one) => {
    const isOther = differences.some(({ about, scenario }) => about === "load" && scenario === one.scenario);
    if (!isOther) return { config: one };
    const own = eachScenario(headsOwn).find(({ scenario }) => scenario === one.scenario);
    return { config: one, ofBase: { directory, headsOwn: own } };
  });
}
var all = ([first, ...others], of) => [
  of(first),
  ...others.map(of)
];
async function partFor(given, sending, opening) {
  const { config: asked, ofBase, whyNotBase } = sending;
  const { root, name, isQuick } = opening;
  const quickly = isQuick ? quickConfig : (config) => config;
  const told = (bench2, config) => isQuick ? quickBench(bench2, config) : bench2;
  const job = { ...given, config: quickly(asked) };
  if (ofBase === void 0) {
    const bench2 = told(await benchFor(job, root, name), asked);
    return { job, bench: bench2, ...whyNotBase !== void 0 && { whyNotBase } };
  }
  const { clean } = job.world.secrets;
  const withHeadsOwn = async (why, bench2) => {
    const whyNotBase2 = clean(why);
    if (ofBase.headsOwn === void 0) {
      return { job, bench: void 0, whyNotBase: `${whyNotBase2}, and this commit has no load in its place` };
    }
    const own = { ...given, config: quickly(ofBase.headsOwn) };
    const load2 = await openLoad(own.config.load, resolve2(root, configDirectory(own.config.fileName)), own);
    const fresh = bench2 === void 0 ? await benchFor(own, root, name, load2) : { ...bench2, ...load2, config: own.config };
    return { job: own, bench: told(fresh, ofBase.headsOwn), whyNotBase: whyNotBase2 };
  };
  let load;
  try {
    load = await openLoad(job.config.load, ofBase.directory, job);
  } catch (error) {
    job.world.signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    return withHeadsOwn(`the base's load cannot be sent (${error.message})`);
  }
  const bench = await benchFor(job, root, name, inCheckout(load, job));
  const unused = { ...bench, efforts: /* @__PURE__ */ new Map(), warnings: [...bench.warnings] };
  return {
    job,
    bench: told(bench, asked),
    withHeadsLoad: ({ side, reason }) => withHeadsOwn(`the ${side} does not answer the base's load as it should (${reason})`, unused)
  };
}
function inCheckout({ scenario, command }, job) {
  const checkout = join2(job.checkouts.base.directory, job.serviceDirectory);
  return { scenario, command: command && { ...command, checkout } };
}

// src/run/may-pass-unmeasured.ts
var mayPassUnmeasured = ({ isSameCode, dataFiles, rewritten, isBuiltOtherwise }) => isSameCode && dataFiles.length === 0 && rewritten.length === 0 && !isBuiltOtherwise;

// src/run/own-base.ts
import { posix as posix2 } from "node:path";

// src/git/text-at.ts
import { isUtf8 } from "node:buffer";
var MOST_BYTES = 1e6;
async function textAt(repo, commit, path) {
  const listed2 = await repo.git.run([
    ...["--literal-pathspecs", "ls-tree", "-z", "--long", "--full-tree", commit, "--"],
    path
  ]);
  const [, id, size] = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t/.exec(listed2) ?? [];
  if (id === void 0 || Number(size) > MOST_BYTES) return void 0;
  const bytes = await repo.git.blob(id);
  return isUtf8(bytes) ? Buffer.from(bytes).toString() : void 0;
}

// src/run/own-base.ts
async function ownBase(repo, head, sides) {
  const key = "baseline.branch";
  if (isOutside(head.fileName) || typeof head.places[key] === "string") return void 0;
  const usual = await baseOn(repo, sides, void 0);
  const file = usual && await configAt(repo, usual.commit, head);
  if (usual === void 0 || file === void 0) return void 0;
  const { branch } = file.baseline;
  const own = head.baseline.branch;
  const due = branch === void 0 ? usual : await baseOn(repo, sides, branch);
  if (due === void 0 ? branch === own : due.commit === sides.base.commit) return void 0;
  const [before, after] = [branch ?? usual.name, own ?? "none"];
  const at = whereIs(head, key);
  return {
    difference: { key, base: before, head: after, kind: "changed", at, about: "base" },
    mode: file.onConfigChange
  };
}
var baseOn = (repo, { head }, branch) => mergeBaseWith(repo, head.commit, branch).catch((error) => {
  if (error instanceof UserError) return void 0;
  throw error;
});
async function configAt(repo, commit, { fileName }) {
  const others = CONFIG_NAMES.map((name) => posix2.join(configDirectory(fileName), name));
  for (const path of /* @__PURE__ */ new Set([fileName, ...others])) {
    const text = await textAt(repo, commit, path);
    if (text === void 0) continue;
    try {
      return parseConfig(text, path);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return void 0;
}

// src/run/without-secrets.ts
var NAMES = /* @__PURE__ */ new Set([
  ...["function", "functions", "file", "module", "service", "scenario", "commit", "version", "schema", "tool", "kind"],
  ...["metric", "name", "unit", "status", "verdict", "instrument", "instruments", "code", "counts", "key", "level"]
]);
function withoutSecrets(report, { clean }) {
  const cleaned = (value) => {
    if (typeof value === "string") return clean(value);
    if (Array.isArray(value)) return value.map(cleaned);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, one]) => [key, NAMES.has(key) ? one : cleaned(one)]);
    return Object.fromEntries(entries);
  };
  return cleaned(report);
}

// src/run/report-of-run.ts
var NOTHING = { totals: [], causes: [], moved: [], unchanged: [], noisy: [], notes: [], missing: [], sensitivity: [] };
function reportOf(outcome, { service, scenario, directory, sides: { base, head, baseReason }, asked }, secrets) {
  const report = {
    ...NOTHING,
    schema: REPORT_SCHEMA,
    tool: VERSION,
    service,
    scenario,
    base: reported(base),
    head: reported(head),
    baseReason,
    baselineSource: void 0,
    reproduce: reproduce(asked, base, scenario),
    directory,
    ...outcome
  };
  return withoutSecrets(report, secrets);
}
var reported = ({ commit, version, isDirty }) => ({ commit, version, isDirty });
function reproduce(asked, base, scenario) {
  const { head, config, isQuick = false, acceptConfig = false, settings = [] } = asked;
  const flags = Object.entries({ head, config, scenario }).flatMap(
    ([name, value]) => value === void 0 ? [] : [`--${name}`, value]
  );
  const flagged = [...isQuick ? ["--quick"] : [], ...acceptConfig ? ["--accept-config"] : []];
  return ["npx perf-gate run", ...flagged, "--base", base.shortCommit, ...flags, ...settings.map(shownSetting)].join(
    " "
  );
}

// src/run/rewritten-files.ts
async function rewrittenFiles({ config, checkouts }) {
  const { setup, build } = config.service;
  if (setup.length === 0 && build.command === void 0) return { paths: [], notes: [] };
  const by = [...setup.length > 0 ? ["service.setup"] : [], ...build.command ? ["service.build.command"] : []];
  const [base, head] = await Promise.all([checkouts.base.rewrittenFiles(), checkouts.head.rewrittenFiles()]);
  const notes = Object.entries({ base, head }).flatMap(([side, paths]) => {
    if (paths.length === 0) return [];
    const text = `${by.join(" or ")} replaced files of the ${side} before it was compiled: ${few(paths)}`;
    return [{ code: "setup-changed-files", text }];
  });
  return { paths: [.../* @__PURE__ */ new Set([...base, ...head])], notes };
}

// src/run/rules-in-force.ts
import { stat } from "node:fs/promises";
import { dirname, join as join3, resolve as resolve3 } from "node:path";
async function rulesFor(repo, asked) {
  const { head, accepts, changedPaths: changedPaths2, basePackage, ownBase: ownBase2 } = asked;
  const chosen = ownBase2 === void 0 ? [] : [ownBase2.difference];
  const leastMode = ownBase2 === void 0 || accepts ? "note" : ownBase2.mode;
  const own = {
    ...{ config: head, mode: leastMode, differences: chosen },
    ...{ dropped: [], notes: [], isBuiltOtherwise: false }
  };
  const base = await configOfBase(repo, asked);
  if (base === void 0) return own;
  if ("code" in base) return { ...own, notes: [base] };
  const isMoved = basePackage !== void 0 && resolve3("/", basePackage) === resolve3("/", base.service.package);
  const isOther = basePackage !== void 0 && !isMoved;
  const found = [...differencesOf(base, head), ...otherFiles(head, changedPaths2)].map((one) => {
    if (one.key === "service.package" && isMoved) return { ...one, about: "other" };
    return one.key === "service.base" && isOther ? { ...one, about: "build" } : one;
  });
  const differences = [...chosen, ...found.filter(({ key }) => chosen.every((one) => one.key !== key))];
  if (differences.length === 0) return own;
  if (accepts) {
    const text = "the job accepts the rules of this commit, which are not those of the base (--accept-config)";
    return { ...own, differences, notes: [{ code: "config-accepted", text }] };
  }
  const mode = stricterMode(base.onConfigChange, leastMode);
  if (mode === "note") return { ...own, differences };
  const dropped = base.instruments.filter((name) => !head.instruments.includes(name));
  const isBuiltOtherwise = differences.some(({ about }) => about === "build");
  const judged = {
    ...own,
    ...{ config: withRulesOfBoth(base, head), base: judgingPart(base) },
    ...{ mode, differences, dropped, isBuiltOtherwise }
  };
  if (!differences.some(({ about }) => about === "load")) return judged;
  const directory = join3(asked.checkouts.base.directory, configDirectory(base.fileName));
  return { ...judged, config: withLoadOfBase(base, judged.config), ofBase: { directory, headsOwn: judged.config } };
}
var stricterMode = (a, b) => ON_CONFIG_CHANGE.indexOf(a) > ON_CONFIG_CHANGE.indexOf(b) ? a : b;
async function configOfBase(repo, asked) {
  const { head, settings, checkouts } = asked;
  if (isOutside(head.fileName)) return void 0;
  const { directory } = checkouts.base;
  const missing = { code: "new-config", text: `the base has no ${head.fileName}: this one judges` };
  try {
    const path = await placeInBase(repo, asked);
    if (path === void 0) return missing;
    const base = await readConfig(path, directory, settings);
    return await isOfSameService(base, head, checkouts) ? base : missing;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const said = error.message.replaceAll(`${directory}/`, "");
    return { code: "base-config-unreadable", text: `the base's config cannot be used, so this one judges: ${said}` };
  }
}
async function placeInBase(repo, { head, isNamed, checkouts }) {
  const { directory } = checkouts.base;
  const same = join3(directory, head.fileName);
  if (await isThere(same)) return same;
  if (isNamed) return void 0;
  let from = join3(directory, repo.prefix);
  while (!await isThere(from)) from = dirname(from);
  return findConfig(from, directory);
}
async function isOfSameService(base, head, checkouts) {
  const places = [base, head].map(({ fileName, service }) => {
    const directory = configDirectory(fileName);
    return { directory, service: join3(service.dir ?? directory, service.package) };
  });
  const [old, own] = places;
  if (old.directory === own.directory || old.service === own.service) return true;
  return !await isThere(join3(checkouts.head.directory, base.fileName));
}
var isThere = (path) => stat(path).then(
  () => true,
  () => false
);

// src/run/gate.ts
async function gate(options, world, progress) {
  var _stack = [];
  try {
    const lap = laps(world);
    const { settings = [] } = options;
    const project = await openProject(world, options.config, settings);
    const { repo, config: asked, serviceDirectory } = project;
    if (options.isQuick) {
      quickConfig(asked);
      spendMemory();
    }
    const output = __using(_stack, await openRunDirectory(resolve4(world.cwd, options.output), world), true);
    const sides = await findSides(project, options, output.path);
    progress(`head ${shown(sides.head)} against base ${shown(sides.base)} (${sides.baseReason})`);
    const work = __using(_stack, await temporaryDirectory(world), true);
    const base = __using(_stack, await createCheckout(repo, sides.base, join4(work.path, "base", "src")), true);
    const head = __using(_stack, await createCheckout(repo, sides.head, join4(work.path, "head", "src")), true);
    const trees = { base: sides.base.treeCommit, head: sides.head.treeCommit };
    const { package: name, base: baseHas } = asked.service;
    const place = { directory: serviceDirectory, name, named: baseHas.package };
    const found = await findBasePackage(repo, trees, place);
    const basePackage = found.kind === "moved" ? found.package : void 0;
    const checkouts = { base, head };
    const paths = await changedPaths(repo, trees.base, trees.head);
    const rules = await rulesFor(repo, {
      head: asked,
      settings,
      checkouts,
      changedPaths: paths,
      basePackage,
      isNamed: options.config !== void 0,
      ownBase: options.base === void 0 ? await ownBase(repo, asked, sides) : void 0,
      accepts: options.acceptConfig === true
    });
    const quickly = options.isQuick ? quickConfig : (config2) => config2;
    const config = quickly(rules.config);
    await options.prepare?.(config);
    await requireValgrind(config.instruments, world);
    const sendings = sendingsOf(rules, options.scenario, found.kind === "new");
    const scenarios = sendings.map((one) => one.config.scenario);
    await output.makeRoom(scenarios);
    const common = { serviceDirectory, sides, checkouts, basePackage, work: work.path, world };
    const parts = await Promise.all(
      sendings.map((sending, i) => {
        const { config: one } = sending;
        const own = { config: one, output: output.of(one.scenario), progress: progressOf(progress, one.scenario) };
        const name2 = one.scenario === void 0 ? void 0 : String(i);
        return partFor({ ...common, ...own }, sending, { root: repo.root, name: name2, isQuick: options.isQuick === true });
      })
    );
    const finish = async (outcomes, rewritten = []) => {
      const reports = outcomes.map(({ ofOthers: _2, ...outcome }, i) => {
        const scenario = scenarios[i];
        const about = { service: config.service.name, scenario, directory: output.of(scenario).shown };
        const judged = underRulesOfBase(outcome, { ...rules, rewritten }, scenario);
        return reportOf(judged, { ...about, sides, asked: options }, world.secrets);
      });
      await Promise.all(
        reports.map(async (report, i) => {
          const { output: output2 } = parts[i].job;
          await output2.writeReport(report);
          const { mode, differences, dropped, notes, base: base2 } = rules;
          const { whyNotBase, ofOthers = [] } = outcomes[i];
          if ([differences, notes, rewritten, ofOthers].every(({ length }) => length === 0)) return;
          const told = withoutSecrets({ whyNotBase, differences, notes }, world.secrets);
          await output2.writeRules({ schema: 1, base: base2, mode, ...told, dropped, rewritten, ofOthers });
        })
      );
      await output.finish();
      return { reports, config };
    };
    const job = { ...common, config, output: output.of(scenarios[0]), progress };
    if (found.kind === "new") {
      progress(`the base has no package ${config.service.package}: a new service, of which the head alone is measured`);
      const built = await progress.step("building the head", () => buildComparable(job, "head"));
      return finish(await measureNewService(parts, built, lap));
    }
    const code = await progress.step("building both sides", () => buildForComparison(job));
    const dataFiles = filesReadAtRunTime(paths, config.service);
    const replaced = await rewrittenFiles(job);
    const doubted = code.isSame ? paths.filter((path) => replaced.paths.includes(path)) : [];
    const { isBuiltOtherwise } = rules;
    if (mayPassUnmeasured({ isSameCode: code.isSame, dataFiles, rewritten: doubted, isBuiltOtherwise })) {
      const notes = [...notesOnSameCode(sides), ...replaced.notes];
      return finish(scenarios.map(() => ({ verdict: "pass", isSameCode: true, durationMs: lap(), notes })));
    }
    const diff = await diffLines(repo, sides.base.treeCommit, sides.head.treeCommit);
    const record = await progress.step(
      "finding the functions that the commit changes",
      () => findChanged(job, code, diff, dataFiles)
    );
    await Promise.all(parts.map((part) => part.job.output.writeChanges(record)));
    const { baseReason } = sides;
    return finish(
      await measureScenarios(parts, {
        ...{ repo, code, record, baseReason, dataFiles, lap },
        shared: config.limits,
        notes: replaced.notes
      }),
      doubted
    );
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function laps({ monotonicMs }) {
  let before = monotonicMs();
  return () => {
    const start = before;
    before = monotonicMs();
    return Math.round(before - start);
  };
}
var shown = ({ shortCommit, isDirty }) => `${shortCommit}${isDirty ? " with uncommitted changes" : ""}`;

export {
  gate
};
