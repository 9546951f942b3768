package codeowners

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGitHubTakesTheLastRuleThatMatches(t *testing.T) {
	f := Parse([]byte("* @all\n/ @top\n/api/ @api ops@example.org # who is on call\n*.md @org/docs\n/api/private/\ndocs/x.go @x\n"))
	if err := f.Err(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"main.go": "@all", "api/a.go": "@api ops@example.org", "api/README.md": "@org/docs", "api/private/key.go": "",
		"docs/x.go": "@x", "old/docs/x.go": "@all", // a slash within ties a pattern to the top
	} {
		if got := strings.Join(f.OwnersOf(path), " "); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

const gitLab = `* @group/sub/everyone

# No rule but those of later sections holds for these.
!/locale/
!*.png

[Build] @group/build @@maintainer
/config/
/config/registry.rb @group/registry
docs/x.go

^[Container Registry][2] @group/registry @ada # may be done without
/config/registry.rb

[LOCALE]
/locale/ @group/words
[Nobody]
/lib/
[build] @late
/late/
`

func TestGitLabTakesTheLastRuleOfEachSection(t *testing.T) {
	f := Parse([]byte(gitLab))
	if err := f.Err(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"main.go":            "@group/sub/everyone",
		"config/a.rb":        "@group/sub/everyone @group/build @@maintainer",
		"config/registry.rb": "@group/sub/everyone @group/registry @ada",
		"locale/de.po":       "@group/words",
		"x/logo.png":         "",
		"config/logo.png":    "@group/build @@maintainer", // excluded from the first section alone
		"lib/a.rb":           "@group/sub/everyone",
		"late/a.rb":          "@group/sub/everyone @late",
		"old/docs/x.go":      "@group/sub/everyone @group/build @@maintainer", // begins anywhere
	} {
		if got := strings.Join(f.OwnersOf(path), " "); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	var headings []string
	for _, heading := range f.Headings {
		headings = append(headings, heading.Section+": "+strings.Join(heading.Owners, " "))
	}
	want := []string{"build: @group/build @@maintainer", "container registry: @group/registry @ada", "locale: ", "nobody: ", "build: @late"}
	if diff := cmp.Diff(want, headings); diff != "" {
		t.Error(diff)
	}
}

func TestALineThatIsNoRuleCostsNoOther(t *testing.T) {
	for text, want := range map[string]string{
		"/a/ @a\n/b/ bob\n":                   "line 2: invalid owner format 'bob' at position 5",
		"!\n/a/ @a\n":                         "line 1: an exclamation mark alone",
		"/a/ @a\n/b/ b\n[open\n/c{/ @c\n":     "line 2: invalid owner format 'b' at position 5; 2 more lines are like it",
		"/a/ @a\n/b/ b\n/c/ c\n":              "line 2: invalid owner format 'b' at position 5; one more line is like it",
		strings.Repeat("x", LargestFile+10):   "line 1: bufio.Scanner: token too long",
		"\ufeff/a/ @a\r\n# nothing\r\n\t\r\n": "",
	} {
		f := Parse([]byte(text))
		got := ""
		if err := f.Err(); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%.40q: got %q, want %q", text, got, want)
		}
		if strings.Contains(text, "/a/ @a") && strings.Join(f.OwnersOf("a/x"), "") != "@a" {
			t.Errorf("%.40q: a/x is owned by %v, want @a", text, f.OwnersOf("a/x"))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(gitLab, "config/registry.rb")
	f.Add("/a\\ b/ @a\n[x]y\n^[x][3]\n!*\n**/c* c@d.e", "a b/c")
	f.Fuzz(func(t *testing.T, text, path string) {
		parsed := Parse([]byte(text))
		for _, owner := range parsed.OwnersOf(path) {
			if !strings.Contains(text, owner) {
				t.Errorf("owner %q stands nowhere in the file", owner)
			}
		}
	})
}
