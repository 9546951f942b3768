//go:build unix

package objects

import (
	"os"

	"golang.org/x/sys/unix"
)

// mapFile maps a whole file into memory for reading. It fails where the address space is too small
// or the file system cannot map; callers then read the file.
func mapFile(file *os.File, size int64) ([]byte, error) {
	if size != int64(int(size)) {
		return nil, unix.ENOMEM
	}
	return unix.Mmap(int(file.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_SHARED)
}

func unmapFile(data []byte) error { return unix.Munmap(data) }
