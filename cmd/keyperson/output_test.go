package main

import (
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
	if err := writeWhole(link, []byte("report"), 0o644); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("got %v, %v; want the link to the device as it was", info, err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("the device is %v, %v", info, err)
	}
}
