package facts

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
	"keyperson/sources/git"
)

func sampleOwners() []git.FileOwners {
	return []git.FileOwners{
		{Path: "a.go", Lines: 300, Owners: []sources.LineOwner{{Person: 0, Lines: 299}, {Person: 1, Lines: 1}}},
		{Path: "b\xff\n.go", Lines: 0, Owners: []sources.LineOwner{}},
		{Path: "hidden.go", Lines: 7},
	}
}

func TestOwnersThatAreSavedAreLoaded(t *testing.T) {
	path, history := filepath.Join(t.TempDir(), "kept", "a.owners"), sample(20, 2)
	if _, err := LoadOwners(path, history); !errors.Is(err, ErrNone) {
		t.Errorf("before: got %v, want ErrNone", err)
	}
	if err := SaveOwners(path, history, sampleOwners()); err != nil {
		t.Fatal(err)
	}
	got, err := LoadOwners(path, history)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sampleOwners(), got); diff != "" {
		t.Errorf("loaded (-want +got):\n%s", diff)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v, %v, want 0600", info.Mode(), err)
	}
	moved := *history
	moved.Head[0]++
	if _, err := LoadOwners(path, &moved); !errors.Is(err, ErrNone) {
		t.Errorf("of another head: got %v, want ErrNone", err)
	}
	moved = *history
	moved.People = append(moved.People[:len(moved.People):len(moved.People)], sources.Identity{Name: "Zoe"})
	if _, err := LoadOwners(path, &moved); !errors.Is(err, ErrNone) {
		t.Errorf("with other people: got %v, want ErrNone", err)
	}
}

func TestDamagedOwnersAreUnusable(t *testing.T) {
	path, history := filepath.Join(t.TempDir(), "a.owners"), sample(20, 2)
	whole := encodeOwners(history, sampleOwners())
	try := func(data []byte, what string, at int) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadOwners(path, history); !errors.Is(err, ErrUnusable) {
			t.Errorf("%s at %d of %d: got %v, want ErrUnusable", what, at, len(whole), err)
		}
	}
	for i := range whole {
		damaged := bytes.Clone(whole)
		damaged[i] ^= 0x41
		try(damaged, "changed", i)
		try(whole[:i], "cut off", i)
	}
}

// FuzzOwners gives the decoder any numbers, rightly sealed.
func FuzzOwners(f *testing.F) {
	history := sample(20, 2)
	head := len(ownersMagic) + len(history.Head)
	whole := encodeOwners(history, sampleOwners())
	f.Add(whole[head : len(whole)-8])
	f.Fuzz(func(t *testing.T, body []byte) {
		sealed := encodeOwners(history, nil)[:head]
		owners, err := decodeOwners(seal(append(sealed, body...)), history)
		if err != nil {
			return
		}
		if again, err := decodeOwners(encodeOwners(history, owners), history); err != nil || !cmp.Equal(owners, again) {
			t.Errorf("what was accepted is not read again: %v", err)
		}
	})
}
