package identity

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/sources"
)

func id(name, address string) sources.Identity { return sources.Identity{Name: name, Address: address} }

func TestAMailmapMapsAsGitDocuments(t *testing.T) {
	const text = `# comment
Proper Name <commit@x>
<proper@y> <commit@y>
Proper Z <proper@z> <commit@z>
Proper W <proper@w> Commit W <shared@w>
Other W <other@w> other w <shared@w>
First <later@x>
Second <later@x>
  Spaced  <spaced@x>  # a trailing comment
`
	mailmap, problems := ParseMailmap([]byte(text))
	if len(problems) > 0 {
		t.Errorf("problems: %+v", problems)
	}
	for name, row := range map[string]struct{ in, want sources.Identity }{
		"name for an address":            {id("x", "COMMIT@X"), id("Proper Name", "COMMIT@X")},
		"address for an address":         {id("y", "commit@y"), id("y", "proper@y")},
		"name and address":               {id("z", "commit@z"), id("Proper Z", "proper@z")},
		"by name, ignoring case":         {id("COMMIT w", "shared@W"), id("Proper W", "proper@w")},
		"by another name":                {id("Other W", "shared@w"), id("Other W", "other@w")},
		"unlisted name, shared address":  {id("Third", "shared@w"), id("Third", "shared@w")},
		"the later line":                 {id("a", "later@x"), id("Second", "later@x")},
		"space around the name":          {id("a", "spaced@x"), id("Spaced", "spaced@x")},
		"accents are not folded by case": {id("Ü", "commit@ü"), id("Ü", "commit@ü")},
	} {
		if diff := cmp.Diff(row.want, mailmap.Apply(row.in)); diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", name, row.in, diff)
		}
	}
	var none *Mailmap
	if got := none.Apply(id("a", "b")); got != id("a", "b") {
		t.Errorf("a nil mailmap maps to %v", got)
	}
}

func TestMalformedLinesAreReportedAndTheRestIsKept(t *testing.T) {
	mailmap, problems := ParseMailmap([]byte("no address\nGood <a@x>\nOpen <b@x\nEmpty <>\n<alone@x>\n"))
	var lines []int
	for _, problem := range problems {
		lines = append(lines, problem.Line)
		if problem.Text == "" || problem.Message == "" {
			t.Errorf("problem without text or message: %+v", problem)
		}
	}
	if diff := cmp.Diff([]int{1, 3, 4, 5}, lines); diff != "" {
		t.Errorf("lines with problems (-want +got):\n%s", diff)
	}
	if got := mailmap.Apply(id("x", "a@x")).Name; got != "Good" {
		t.Errorf("the good line maps to %q, want Good", got)
	}
}

func TestMailmapsBeyondTheLimitsAreCutAndSaySo(t *testing.T) {
	_, problems := ParseMailmap([]byte(strings.Repeat("A <a@x>\n", maxMailmapLines+1)))
	if len(problems) != 1 || !strings.Contains(problems[0].Message, "lines") {
		t.Errorf("too many lines: problems %+v", problems)
	}
	_, problems = ParseMailmap([]byte(strings.Repeat(strings.Repeat(" ", 1<<16)+"\n", 257)))
	if len(problems) != 1 || !strings.Contains(problems[0].Message, "bytes") {
		t.Errorf("too many bytes: problems %+v", problems)
	}
	if _, problems = ParseMailmap([]byte(strings.Repeat("bad\n", 1000))); len(problems) != maxProblems+1 {
		t.Errorf("%d problems are listed, want %d", len(problems), maxProblems+1)
	}
}

func TestMailmapsApplyAsGitCheckMailmapDoes(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not on PATH")
	}
	directory := t.TempDir()
	if out, err := exec.Command(git, "-C", directory, "init", "-q").CombinedOutput(); err != nil {
		t.Fatalf("git init: %v: %s", err, out)
	}
	word := rapid.SampledFrom([]string{"Ann", "ann", "Bob", "Cy Dee", "É", "x"})
	mailbox := rapid.SampledFrom([]string{"a@x", "A@x", "b@x", "c d", "é@x"})
	line := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]func() string{
			func() string { return word.Draw(t, "n") + " <" + mailbox.Draw(t, "a") + ">" },
			func() string { return "<" + mailbox.Draw(t, "a") + "> <" + mailbox.Draw(t, "b") + ">" },
			func() string {
				return word.Draw(t, "n") + " <" + mailbox.Draw(t, "a") + "> \t<" + mailbox.Draw(t, "b") + "> # end"
			},
			func() string {
				return " " + word.Draw(t, "n") + "<" + mailbox.Draw(t, "a") + ">" + word.Draw(t, "m") + " <" + mailbox.Draw(t, "b") + ">\r"
			},
			func() string { return rapid.StringOfN(rapid.SampledFrom([]rune("<>#a@x ")), 0, 12, -1).Draw(t, "junk") },
		}).Draw(t, "form")()
	})
	rounds := 0
	rapid.Check(t, func(t *rapid.T) {
		if rounds++; rounds > 40 {
			return // each round starts a program
		}
		text := strings.Join(rapid.SliceOfN(line, 0, 8).Draw(t, "lines"), "\n") + "\n"
		if err := os.WriteFile(filepath.Join(directory, ".mailmap"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		mailmap, _ := ParseMailmap([]byte(text))
		var asked, want strings.Builder
		for _, name := range []string{"Ann", "BOB", "cy dee", "É", "x", "nobody"} {
			for _, address := range []string{"a@x", "B@X", "c d", "é@x", "other@x"} {
				fmt.Fprintf(&asked, "%s <%s>\n", name, address)
				got := mailmap.Apply(id(name, address))
				fmt.Fprintf(&want, "%s <%s>\n", got.Name, got.Address)
			}
		}
		command := exec.Command(git, "-C", directory, "check-mailmap", "--stdin")
		command.Stdin = strings.NewReader(asked.String())
		out, err := command.Output()
		if err != nil {
			t.Fatalf("git check-mailmap: %v", err)
		}
		if diff := cmp.Diff(string(out), want.String()); diff != "" {
			t.Fatalf("mailmap %q (-git +ours):\n%s", text, diff)
		}
	})
}

func FuzzParseMailmap(f *testing.F) {
	f.Add([]byte("A <a@x> B <b@x>\n# c\n"), "B", "b@x")
	f.Add([]byte("<\x00>"), "", "")
	f.Add([]byte("A <a@x> <"), "\xff", "\xff")
	f.Fuzz(func(t *testing.T, data []byte, name, address string) {
		mailmap, _ := ParseMailmap(data)
		if got := mailmap.Apply(id(name, address)); len(got.Name) > len(name)+len(data) {
			t.Errorf("a name out of nothing: %q", got.Name)
		}
	})
}
