package git

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
)

const someTree = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"

func TestCommitsAreReadEvenWhenTheirHeadersAreOdd(t *testing.T) {
	type answer struct {
		Name, Address string
		Author, Time  int64
	}
	tests := []struct {
		name, headers string
		want          answer
	}{
		{"usual", "author A B <a@b> 5 +0100\ncommitter C <c> 6 +0000\n", answer{"A B", "a@b", 5, 6}},
		{"no author", "committer C <c> 6 +0000\n", answer{"", "", 0, 6}},
		{"no headers", "", answer{}},
		{"no name", "author <a@b> 5 +0100\n", answer{"", "a@b", 5, 0}},
		{"space around the name", "author  A  <a@b> 5 +0100\n", answer{" A", "a@b", 5, 0}},
		{"no address", "author A B 5 +0100\n", answer{"A B 5 +0100", "", 0, 0}},
		{"an address that does not end", "author A <a@b 5\n", answer{"A", "a@b 5", 0, 0}},
		{"brackets in the name", "author A <x> <a@b> 5 +0000\n", answer{"A", "x", 5, 0}},
		{"no date", "author A <a@b>\n", answer{"A", "a@b", 0, 0}},
		{"a date before 1970", "author A <a@b> -5 +0000\n", answer{"A", "a@b", 0, 0}},
		{"a date that nobody lives to see", "author A <a@b> 99999999999999999999999 +0000\n", answer{"A", "a@b", 0, 0}},
		{"two authors", "author A <a> 5 +0000\nauthor B <b> 6 +0000\n", answer{"A", "a", 5, 0}},
		{"a signature", "author A <a> 5 +0000\ngpgsig begin\n author B\n end\n", answer{"A", "a", 5, 0}},
		{"Latin-1", "author J\xf6rg <j> 5 +0000\nencoding ISO-8859-1\n", answer{"Jörg", "j", 5, 0}},
		{"Latin-1 without saying so", "author J\xf6rg <j> 5 +0000\n", answer{"J\xf6rg", "j", 5, 0}},
		{"an encoding nobody knows", "author J\xf6rg <j> 5 +0000\nencoding x-unheard-of\n", answer{"J\xf6rg", "j", 5, 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := parseCommit([]byte(someTree + test.headers + "\nmessage\n"))
			if err != nil {
				t.Fatal(err)
			}
			who := c.author.identity(c.encoding)
			got := answer{who.Name, who.Address, c.author.time, c.time}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", test.headers, diff)
			}
			if string(c.message) != "message\n" {
				t.Errorf("message %q", c.message)
			}
		})
	}
}

func TestMessagesComeInUTF8(t *testing.T) {
	b := gittest.New(t).InEncoding("latin1").As("Andr\xe9", "a@example.org").Write("a", "1\n").
		Commit("Caf\xe9\n\nReviewed-by: Ren\xe9 <r@example.org>")
	r := open(t, b, OpenOptions{})
	if message, err := r.Message(b.Head()); err != nil || !strings.HasPrefix(message, "Café\n") {
		t.Errorf("message %q (%v)", message, err)
	}
	want := []sources.Identity{{Name: "André", Address: "a@example.org"}, {Name: "René", Address: "r@example.org"}}
	if diff := cmp.Diff(want, read(t, b, ReadOptions{}).People); diff != "" {
		t.Errorf("people (-want +got):\n%s", diff)
	}
}

func FuzzParseCommit(f *testing.F) {
	f.Add([]byte(someTree + "parent 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\nencoding latin1\n\nx\n"))
	f.Add([]byte("tree "))
	f.Add([]byte(someTree + "parent x\n"))
	f.Add([]byte(someTree + "author <<>> >\n\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		c, err := parseCommit(content)
		if err != nil {
			return
		}
		for i := range c.parentCount() {
			c.parent(i)
		}
		c.author.identity(c.encoding)
		if c.time < 0 || c.time > latestTime || c.author.time < 0 || c.author.time > latestTime {
			t.Errorf("times %d and %d", c.author.time, c.time)
		}
		trailerPeople(trailerLines(inUTF8(c.encoding, c.message)))
	})
}
