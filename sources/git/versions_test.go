package git_test

import (
	"errors"
	"testing"

	"keyperson/sources"
	"keyperson/sources/git"
	"keyperson/sources/git/gittest"
)

func TestVersionsReadWhatAFileHeldInACommitAndBeforeIt(t *testing.T) {
	b := gittest.New(t).Write("docs/a.md", "one\n").Link("docs/link", "a.md").Commit("Begin")
	first := b.Head().String()
	second := b.Write("docs/a.md", "two\n").Commit("Edit").Head().String()
	repository, err := git.Open(b.Directory(), git.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer repository.Close()
	versions := repository.Versions()
	for name, c := range map[string]struct {
		read         func(string, string, int64) ([]byte, error)
		commit, path string
		limit        int64
		want         string
		err          error
	}{
		"in the commit":     {versions.At, second, "docs/a.md", 100, "two\n", nil},
		"before it":         {versions.Before, second, "docs/a.md", 100, "one\n", nil},
		"before the first":  {versions.Before, first, "docs/a.md", 100, "", sources.ErrNoFile},
		"no such file":      {versions.At, first, "docs/b.md", 100, "", sources.ErrNoFile},
		"a directory":       {versions.At, first, "docs", 100, "", sources.ErrNoFile},
		"below a file":      {versions.At, first, "docs/a.md/b", 100, "", sources.ErrNoFile},
		"a link":            {versions.At, first, "docs/link", 100, "", sources.ErrNoFile},
		"over the limit":    {versions.At, first, "docs/a.md", 3, "", sources.ErrTooLarge},
		"no commit":         {versions.At, "nonsense", "docs/a.md", 100, "", git.ErrUnknownRevision},
		"an unknown commit": {versions.At, "0123456789012345678901234567890123456789", "docs/a.md", 100, "", git.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.read(c.commit, c.path, c.limit)
			if string(got) != c.want || !errors.Is(err, c.err) {
				t.Errorf("read %s: %q, %v; want %q, %v", c.path, got, err, c.want, c.err)
			}
		})
	}
}
