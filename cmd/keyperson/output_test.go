package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestADeviceIsWrittenToAndNotReplaced(t *testing.T) {
	// By way of a link: a program that replaced its target would replace the device itself when run as root.
	link := filepath.Join(t.TempDir(), "device")
	if err := os.Symlink(os.DevNull, link); err != nil {
		t.Skip("no links here:", err)
	}
	if err := writeNamed(link, []byte("report"), 0o644); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("got %v, %v; want the link to the device as it was", info, err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("the device is %v, %v", info, err)
	}
}

func TestALinkIsWrittenThroughToWhatItLeadsTo(t *testing.T) {
	directory := t.TempDir()
	at := func(name string) string { return filepath.Join(directory, name) }
	for link, target := range map[string]string{
		"file": "inner/target", "further": "file", "new": "inner/nothing-yet", "absolute": at("inner/target"), "loop": "loop",
		"inner/upwards": "../target", "aside": "inner", "to-directory": "inner", "nowhere": "absent/target",
	} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(at(link)), 0o755), os.Symlink(target, at(link))); err != nil {
			t.Skip("no links here:", err)
		}
	}
	for _, c := range []struct{ path, target string }{
		{"file", "inner/target"},
		{"further", "inner/target"},
		{"absolute", "inner/target"},
		{"new", "inner/nothing-yet"},
		{"aside/upwards", "target"},
		{"plain", "plain"},
	} {
		if err := writeNamed(at(c.path), []byte(c.path), 0o644); err != nil {
			t.Errorf("%s: %v", c.path, err)
		}
		info, err := os.Lstat(at(c.target))
		content, readErr := os.ReadFile(at(c.target))
		if err != nil || readErr != nil || !info.Mode().IsRegular() || string(content) != c.path {
			t.Errorf("%s: %s holds %q, %v, %v", c.path, c.target, content, err, readErr)
		}
		if info, err := os.Lstat(at(c.path)); err != nil || (c.path != c.target) != (info.Mode()&os.ModeSymlink != 0) {
			t.Errorf("%s itself is now %v, %v", c.path, info, err)
		}
	}
	for _, path := range []string{"loop", "to-directory", "nowhere"} {
		if err := writeNamed(at(path), nil, 0o644); exitCode(err) != exitUsage {
			t.Errorf("%s: got %v, want a usage error", path, err)
		}
	}
}

func TestANameThatIsNotTheUsersIsNotFollowed(t *testing.T) {
	directory := t.TempDir()
	outside, link := filepath.Join(directory, "outside"), filepath.Join(directory, "keyperson-people.yaml")
	if err := os.Symlink(outside, link); err != nil {
		t.Skip("no links here:", err)
	}
	if err := writeWhole(link, []byte("people"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(outside); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what the link led to: %v, want it untouched", err)
	}
	if content, err := os.ReadFile(link); err != nil || string(content) != "people" {
		t.Errorf("got %q, %v", content, err)
	}
}
