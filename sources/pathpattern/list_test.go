package pathpattern

import (
	"bytes"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPatternsWorkAsInGitignore(t *testing.T) {
	for name, row := range map[string]struct {
		patterns []string
		path     string
		want     bool
	}{
		"a name anywhere":                    {[]string{"old"}, "a/old/b/c.go", true},
		"a directory pattern and a file":     {[]string{"old/"}, "a/old", false},
		"a directory pattern below":          {[]string{"old/"}, "a/old/b.go", true},
		"a rooted pattern elsewhere":         {[]string{"/old"}, "a/old/b.go", false},
		"a path from the root":               {[]string{"a/old"}, "a/old/b.go", true},
		"a star stays in its directory":      {[]string{"a/*.go"}, "a/b/c.go", false},
		"two stars in front":                 {[]string{"**/old"}, "a/b/old/c.go", true},
		"two stars in front of nothing":      {[]string{"**/old"}, "old/c.go", true},
		"two stars between":                  {[]string{"a/**/old"}, "a/b/c/old", true},
		"two stars between nothing":          {[]string{"a/**/old"}, "a/old", true},
		"two stars at the end":               {[]string{"a/**"}, "a/b/c.go", true},
		"two stars behind a name":            {[]string{"a/b**"}, "a/bc/d/e.go", true},
		"two stars behind a name anywhere":   {[]string{"b**"}, "a/bc", true},
		"two stars at the end and its root":  {[]string{"a/**"}, "a", false},
		"a class":                            {[]string{"[a-c]?.go"}, "x/b1.go", true},
		"a class that denies":                {[]string{"[!a-c]?.go"}, "x/b1.go", false},
		"a quoted star":                      {[]string{`a\*`}, "ab", false},
		"a star that is quoted for":          {[]string{`/d\*/`}, "d*/a.go", true},
		"everything":                         {[]string{"/"}, "a/b.go", true},
		"everything but":                     {[]string{"/", "!a/"}, "a/b.go", false},
		"taken back below a directory":       {[]string{"old/", "!old/keep/**"}, "old/keep/x/a.go", false},
		"taken back, and in again":           {[]string{"old/", "!old/keep/", "*.go"}, "old/keep/x/a.go", true},
		"everything is taken back":           {[]string{"*.go", "!/"}, "a.go", false},
		"a later pattern decides":            {[]string{"!a.go", "*.go"}, "a.go", true},
		"a directory pattern from the top":   {[]string{"a/old/"}, "a/old/x/y.go", true},
		"no patterns":                        {nil, "a.go", false},
		"bytes that are no UTF-8":            {[]string{"a?.go"}, "a\xff.go", true},
		"a name that only begins like it":    {[]string{"/api"}, "api2/a.go", false},
		"a directory of that name elsewhere": {[]string{"/api/"}, "web/api/a.go", false},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Parse(row.patterns)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second time from what it remembers
				if got := l.Match(row.path); got != row.want {
					t.Errorf("%q on %s: got %v, want %v", row.patterns, row.path, got, row.want)
				}
			}
		})
	}
}

func TestPatternsThatMeanNothingAreRefusedWithTheReason(t *testing.T) {
	for pattern, want := range map[string]string{
		"": "empty", "!": "empty", " ": "empty", "[a": "without ]", "[[:nosuch:]a]": "unknown [:class:]", `a\`: `ends in \`, "../a": "outside", "a/./b": "segment",
		"~/a": "relative", "//a": "relative", `C:\a`: "relative", "a***": "three stars", "a\x00": "NUL",
		strings.Repeat("a", longest+1): "longer",
	} {
		if _, err := Parse([]string{"ok", pattern}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: got error %v, want one with %q", pattern, err, want)
		}
	}
}

func TestListsMatchWhatGitIgnores(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not on PATH")
	}
	// Lists with "!" are left out: they take back below a directory that matched, which git does not.
	patterns := []string{
		"*", "*.go", "gen/", "gen/*", "gen/**", "**/gen", "**/gen/**", "/a.go", "a/b.go", "a/**/b.go", "?.go", "[ab].go", "[!a].go",
		"a*", "*a*", `a\*`, "a b.go", "**", "[[:alpha:]].go", "gen/**/x*.go", "*/b.go", "**/*.go", "/**/b.go", "**/", "a/c/", "/gen", "c",
		"[[:].go", "[[:a].go", "[[:alpha]:].go", "[[:digit:][:alpha:]].go", "[a[:]", "[]a].go", "[!]b].go",
		"a**/b.go", "/a**", "gen/g**", "/ge**/z", "a/g**c/xa.go", "a/c/**.go", "a/**x/b.go",
	}
	paths := []string{"a.go", "b.go", "gen/a.go", "a/b.go", "a/gen/b.go", "a/gen/c/xa.go", "a b.go", "a/c/d/b.go", "gen/gen/z", "a*", "[.go", "].go", "[:].go", "a:].go"}
	root := t.TempDir()
	if out, err := exec.Command("git", "init", "-q", root).CombinedOutput(); err != nil {
		t.Fatalf("git init: %v: %s", err, out)
	}
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfN(rapid.SampledFrom(patterns), 1, 4).Draw(t, "patterns")
		l, err := Parse(drawn)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, ".gitignore"), []byte(strings.Join(drawn, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		command := exec.Command("git", "-C", root, "check-ignore", "-z", "--stdin")
		command.Stdin = strings.NewReader(strings.Join(paths, "\x00"))
		command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull, "HOME="+root)
		out, err := command.Output()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) { // 1: nothing is ignored
			t.Fatal(err)
		}
		ignored := map[string]bool{}
		for path := range bytes.SplitSeq(out, []byte{0}) {
			ignored[string(path)] = true
		}
		for _, path := range paths {
			if got := l.Match(path); got != ignored[path] {
				t.Errorf("%q on %s: got %v, git says %v", drawn, path, got, ignored[path])
			}
		}
	})
}

func TestAHostilePatternTakesNoTime(t *testing.T) {
	steps := math.MaxInt
	if wildmatch(strings.Repeat("**/*a", 200)+"b", strings.Repeat("a/", 2000)+"c", &steps) {
		t.Error("got a match")
	}
}

func TestListsShareTheStepsTheyAreGiven(t *testing.T) {
	steps := 100
	var lists []*List
	for range 2 {
		l, err := Parse([]string{"b?", "*.go"})
		if err != nil {
			t.Fatal(err)
		}
		l.Bound(&steps)
		lists = append(lists, l)
	}
	for i := range 101 { // "*.go" is compared first: a step each time
		if isMatch := lists[i%2].Match("a.go"); isMatch != (steps >= 0) {
			t.Fatalf("the %d. time: got %v with %d steps left", i+1, isMatch, steps)
		}
	}
	if steps >= 0 {
		t.Errorf("%d steps are left", steps)
	}
}

// matchesSlowly is what a pattern means, by trying everything.
func matchesSlowly(pattern, path string) bool {
	switch span, stops := doubleStar(pattern, 0); {
	case pattern == "":
		return path == ""
	case span > 0:
		return afterDoubleStar(pattern[span:], path, stops)
	case pattern[0] == '*':
		rest := strings.TrimLeft(pattern, "*")
		for end := 0; ; end++ {
			if slowly(pattern, rest, path[end:]) {
				return true
			}
			if end == len(path) || path[end] == '/' {
				return false
			}
		}
	case path == "":
		return false
	}
	size, ok := matchByte(pattern, path[0])
	return ok && slowly(pattern, pattern[size:], path[1:])
}

// slowly matches the rest of a pattern, where "**" means more than "*" only behind a slash.
func slowly(pattern, rest, path string) bool {
	before := pattern[:len(pattern)-len(rest)]
	if strings.HasPrefix(rest, "**") && !strings.HasSuffix(before, "/") {
		return matchesSlowly(strings.TrimLeft(rest, "*"), path) || matchesSlowly("*"+strings.TrimLeft(rest, "*"), path)
	}
	return matchesSlowly(rest, path)
}

func afterDoubleStar(rest, path string, stops bool) bool {
	for at := 0; at <= len(path); at++ {
		if (at == 0 || !stops || path[at-1] == '/') && matchesSlowly(rest, path[at:]) {
			return true
		}
	}
	return false
}

// FuzzPatterns checks one pattern, and a list of two, against what they mean.
func FuzzPatterns(f *testing.F) {
	f.Add("**/a[!b-z]*/?", "!b", "x/ac/d")
	f.Add("[[:alpha:]\\", "a", "a")
	f.Add("!/", "/", "//")
	f.Add("a**b/**/c*d", "a/", "axxb/y/cd")
	f.Add("gen/**", "!gen/a/", "gen/a/b")
	f.Fuzz(func(t *testing.T, first, second, path string) {
		if len(first)+len(second)+len(path) > 60 {
			return // the slow way takes exponential time
		}
		for _, pattern := range []string{first, second} {
			steps := math.MaxInt
			if got, want := wildmatch(pattern, path, &steps), matchesSlowly(pattern, path); got != want {
				t.Fatalf("%q on %q: got %v, want %v", pattern, path, got, want)
			}
		}
		l, err := Parse([]string{first, second})
		if err != nil {
			return
		}
		got := l.Match(path)
		if want := decidesSlowly(l.rules, path); got != want {
			t.Fatalf("%q, %q on %q: got %v, want %v", first, second, path, got, want)
		}
		if got != l.Match(path) {
			t.Fatalf("%q, %q on %q: matched once and then not, or not and then once", first, second, path)
		}
		if got && !slices.ContainsFunc(l.Beginnings(), func(beginning string) bool { return strings.HasPrefix(path, beginning) }) {
			t.Fatalf("%q, %q match %q, which begins with none of %q", first, second, path, l.Beginnings())
		}
	})
}

// decidesSlowly asks the last rule that matches a file or a directory above it.
func decidesSlowly(rules []rule, path string) bool {
	for _, r := range slices.Backward(rules) {
		for end := len(path); end >= 0; end-- {
			isDirectory := end < len(path)
			if isDirectory && path[end] != '/' || !isDirectory && r.directoryOnly && !r.every {
				continue
			}
			name := path[:end]
			if r.every || r.glob.Match(name, name[strings.LastIndexByte(name, '/')+1:]) {
				return !r.negated
			}
		}
	}
	return false
}
