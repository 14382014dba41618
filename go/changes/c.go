package main

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
	localInclude = regexp.MustCompile(`^#\s*include\s*"([^"]+)"`)
	defineLine   = regexp.MustCompile(`^#\s*(define|undef)\s+(\w+)`)
	cWord        = regexp.MustCompile(`[A-Za-z_]\w*`)
	notNames     = map[string]bool{}
)

func init() {
	for _, word := range strings.Fields(`auto break case char const continue default do double else enum extern float for goto
		if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void
		volatile while bool class namespace template typename public private protected virtual operator using define undef
		uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t size_t`) {
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
	for _, line := range strings.Split(src, "\n") {
		if m := localInclude.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			names = append(names, filepath.Join(dir, m[1]))
		}
	}
	return names
}

// cTokens cuts C source into words, numbers, strings and signs; a preprocessor line is one token.
func cTokens(src string) []cToken {
	src = strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\\\n", "\\\v")
	var list []cToken
	line, lineStart, inComment := 1, true, false
	for _, text := range strings.Split(src, "\n") {
		first := line
		line += 1 + strings.Count(text, "\v")
		text = strings.ReplaceAll(text, "\\\v", " ")
		text, inComment = stripComments(text, inComment)
		lineStart = true
		for i := 0; i < len(text); {
			c := text[i]
			switch {
			case c == ' ' || c == '\t' || c == '\f' || c == '\v':
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
			case c == '"' || c == '\'':
				for end < len(text) && text[end] != c {
					if text[end] == '\\' {
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

// cParts cuts tokens into functions and chunks. Where an #if leaves the braces unbalanced, `byLine` takes a closing brace
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
		if token.text == "namespace" || token.text == "extern" && i+1 < len(open) && strings.HasPrefix(open[i+1].text, `"`) && i+2 == len(open) {
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
