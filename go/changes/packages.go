package main

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
// functions' names: the import path, or `main`, so that a main package keeps its identity when its directory moves.
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
		end := strings.IndexAny(rest, " \t")
		if rest[0] == '"' || rest[0] == '`' {
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
