package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var (
	textLine    = regexp.MustCompile(`^TEXT\s+([^\s,(]+)\(SB\)`)
	dataLine    = regexp.MustCompile(`^(DATA|GLOBL|PCALIGN|#\s*(define|undef|include))\b`)
	includeLine = regexp.MustCompile(`^#\s*include\s+["<]([^">]+)[">]`)
	asmWord     = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_]*`)
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
	for i, line := range strings.Split(src, "\n") {
		line, inComment = stripComments(line, inComment)
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		if m := textLine.FindStringSubmatch(line); m != nil {
			blocks = append(blocks, &function{Name: symbolName(m[1], prefix), Kind: "assembly", StartLine: i + 1, EndLine: i + 1})
			texts = append(texts, &strings.Builder{})
		} else if len(blocks) == 0 || dataLine.MatchString(line) {
			outside.WriteString(line + "\n")
			if m := includeLine.FindStringSubmatch(line); m != nil {
				outside.WriteString(normalised(read(m[1])))
			}
			continue
		}
		last := len(blocks) - 1
		blocks[last].EndLine = i + 1
		texts[last].WriteString(line + "\n")
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

// symbolName writes an assembler symbol as Go does: ·Sum<> is prefix.Sum, example∕com∕a·F is example/com/a.F.
func symbolName(symbol, prefix string) string {
	if i := strings.IndexByte(symbol, '<'); i >= 0 {
		symbol = symbol[:i]
	}
	symbol = strings.NewReplacer("·", ".", "∕", "/").Replace(symbol)
	if strings.HasPrefix(symbol, ".") {
		return prefix + symbol
	}
	return symbol
}

func normalised(src string) string {
	var b strings.Builder
	inComment := false
	for _, line := range strings.Split(src, "\n") {
		line, inComment = stripComments(line, inComment)
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			b.WriteString(line + "\n")
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
			if line[i] == '\\' && i+1 < len(line) {
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
			if line[i] == '"' || line[i] == '\'' {
				quote = line[i]
			}
			b.WriteByte(line[i])
		}
	}
	return b.String(), inside
}
