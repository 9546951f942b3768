package demo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/format/index"
)

// repositoryWriter carries the plan of commits out.
type repositoryWriter struct {
	*organisation
	pack      *packWriter
	root      tree
	head      plumbing.Hash
	code      map[*service]*[filesPerService]codeFile
	documents map[*kind]*document
	locks     map[*service]int
	closed    map[*service][]int // of each service, indices of tickets that were done, by time of resolution
	written   []writtenCommit    // those that the truth speaks of
}

// writtenCommit is what a planted commit became.
type writtenCommit struct {
	does commitKind
	id   string
}

// bot updates dependencies; agent helps with code.
var (
	bot   = Identity{Name: "dependabot[bot]", Address: "49699333+dependabot[bot]@users.noreply.github.com"}
	agent = Identity{Name: "Claude", Address: "noreply@anthropic.com"}
)

// writeRepository makes a repository with a work tree in a directory.
func (o *organisation) writeRepository(directory string) ([]writtenCommit, error) {
	options := &gogit.PlainInitOptions{}
	options.DefaultBranch = plumbing.NewBranchReferenceName("main")
	repository, err := gogit.PlainInitWithOptions(directory, options)
	if err != nil {
		return nil, fmt.Errorf("make a repository in %s: %w", directory, err)
	}
	pack, err := newPackWriter(filepath.Join(directory, ".git", "objects", "pack"))
	if err != nil {
		return nil, fmt.Errorf("make a pack: %w", err)
	}
	w := &repositoryWriter{
		organisation: o, pack: pack,
		code: map[*service]*[filesPerService]codeFile{}, documents: map[*kind]*document{}, locks: map[*service]int{},
		closed: o.doneByService(),
	}
	for i := range o.commits {
		if err = w.commit(&o.commits[i]); err != nil {
			break
		}
	}
	if err = errors.Join(err, pack.close()); err != nil {
		return nil, fmt.Errorf("write the history: %w", err)
	}
	if err := repository.Storer.SetReference(plumbing.NewHashReference(options.DefaultBranch, w.head)); err != nil {
		return nil, fmt.Errorf("write the branch: %w", err)
	}
	return w.written, w.checkOut(directory)
}

// commit makes the changes of one planned commit and stores it.
func (w *repositoryWriter) commit(c *commitPlan) error {
	subject := w.change(c)
	if err := w.root.store(w.pack); err != nil {
		return err
	}
	author := bot
	if c.author != nil {
		author = c.author.main
		if c.alias && len(c.author.aliases) > 0 {
			author = c.author.aliases[int(c.text)%len(c.author.aliases)]
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "tree %s\n", w.root.stored.id)
	if !w.head.IsZero() {
		fmt.Fprintf(&b, "parent %s\n", w.head)
	}
	fmt.Fprintf(&b, "author %s <%s> %d +0100\n", author.Name, author.Address, c.at)
	fmt.Fprintf(&b, "committer %s <%s> %d +0100\n\n%s\n", author.Name, author.Address, c.at, subject)
	var trailers []string
	if c.reviewer != nil {
		trailers = append(trailers, fmt.Sprintf("Reviewed-by: %s <%s>", c.reviewer.main.Name, c.reviewer.main.Address))
	}
	if c.agent {
		trailers = append(trailers, fmt.Sprintf("Co-authored-by: %s <%s>", agent.Name, agent.Address))
	}
	if len(trailers) > 0 {
		b.WriteString("\n" + strings.Join(trailers, "\n") + "\n")
	}
	now, err := w.pack.add(plumbing.CommitObject, []byte(b.String()), stored{}, nil)
	w.head = now.id
	if c.does == formatted || c.does == generated {
		w.written = append(w.written, writtenCommit{c.does, now.id.String()})
	}
	return err
}

// checkOut writes the files of the newest commit, and git's index of them.
func (w *repositoryWriter) checkOut(directory string) error {
	entries := index.Index{Version: 2}
	err := w.root.walk("", func(path string, e *treeEntry) error {
		name := filepath.Join(directory, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		entries.Entries = append(entries.Entries, &index.Entry{Name: path, Hash: e.stored.id, Mode: filemode.Regular, Size: uint32(len(e.content)), ModifiedAt: time.Unix(0, 0)})
		return os.WriteFile(name, e.content, 0o644)
	})
	if err != nil {
		return fmt.Errorf("write the work tree: %w", err)
	}
	file, err := os.Create(filepath.Join(directory, ".git", "index"))
	if err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	if err := errors.Join(index.NewEncoder(file).Encode(&entries), file.Close()); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	return nil
}
