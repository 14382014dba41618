package main

import "testing"

func TestMayDiffer(t *testing.T) {
	const dir = "/cache"
	at := func(version string) *module { return &module{Path: "dep", Version: version, Dir: dir} }
	replacedBy := func(path, version string) *module {
		return &module{Path: "dep", Version: "v1.0.0", Dir: dir, Replace: &module{Path: path, Version: version, Dir: dir}}
	}
	for _, test := range []struct {
		name       string
		base, head *module // nil where the package is not there on that side
		want       bool
	}{
		{"the same version", at("v1.0.0"), at("v1.0.0"), false},
		{"another version", at("v1.0.0"), at("v1.1.0"), true},
		{"a new dependency", nil, at("v1.0.0"), true},
		{"a dependency that is gone", at("v1.0.0"), nil, true},
		{"the module itself", &module{Path: "dep", IsMain: true, Dir: dir}, &module{Path: "dep", IsMain: true, Dir: dir}, true},
		{"a copy in vendor/, whatever its version", &module{Path: "dep", Version: "v1.0.0"}, &module{Path: "dep", Version: "v1.0.0"}, true},
		{"a copy in vendor/ that is gone", &module{Path: "dep", Version: "v1.0.0"}, at("v1.0.0"), true},
		{"a directory that stands in", replacedBy("../dep", ""), replacedBy("../dep", ""), true},
		{"a directory that stood in", replacedBy("../dep", ""), at("v1.0.0"), true},
		{"the same fork", replacedBy("fork", "v2.0.0"), replacedBy("fork", "v2.0.0"), false},
		{"another version of a fork", replacedBy("fork", "v2.0.0"), replacedBy("fork", "v2.0.1"), true},
		{"another fork", replacedBy("fork", "v2.0.0"), replacedBy("spoon", "v2.0.0"), true},
		{"a fork that stands in", at("v1.0.0"), replacedBy("fork", "v1.0.0"), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			side := func(m *module) *side {
				if m == nil {
					return newSide(nil)
				}
				return newSide([]*listed{{ImportPath: "dep", Name: "dep", Module: m}})
			}
			if got := mayDiffer(side(test.base), side(test.head), "dep", false); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestMayDifferOfTheStandardLibrary(t *testing.T) {
	side := newSide([]*listed{{ImportPath: "fmt", Name: "fmt", IsStandard: true}})
	if mayDiffer(side, side, "fmt", false) || !mayDiffer(side, side, "fmt", true) {
		t.Error("it is parsed where the two Go versions differ, and only there")
	}
}

func TestTrimmed(t *testing.T) {
	for _, test := range []struct {
		listed listed
		want   string
	}{
		{listed{ImportPath: "shop/cart", Module: &module{Path: "shop", IsMain: true}}, "shop/cart/a.go"},
		{listed{ImportPath: "dep/sub", Module: &module{Path: "dep", Version: "v1.2.3"}}, "dep@v1.2.3/sub/a.go"},
		{listed{ImportPath: "dep", Module: &module{Path: "dep", Version: "v1.2.3"}}, "dep@v1.2.3/a.go"},
		{listed{ImportPath: "net/http", IsStandard: true}, "net/http/a.go"},
	} {
		if got := test.listed.trimmed("a.go"); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestPackageName(t *testing.T) {
	s := newSide([]*listed{{ImportPath: "gopkg.in/yaml.v3", Name: "yaml"}, {ImportPath: "shop/vendor/dep", Name: "other"}})
	from := &listed{ImportMap: map[string]string{"dep": "shop/vendor/dep"}}
	for _, test := range []struct{ importPath, want string }{
		{"gopkg.in/yaml.v3", "yaml"},
		{"dep", "other"},
		{"not/listed", "listed"},
	} {
		if got := s.packageName(from, test.importPath); got != test.want {
			t.Errorf("%s: got %s, want %s", test.importPath, got, test.want)
		}
	}
}
