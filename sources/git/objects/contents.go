package objects

import (
	"fmt"
	"io"
	"os"
)

// contents is the bytes of one file that does not change: all in data, or, where that is nil, read
// from file in pieces. It is safe for several goroutines.
type contents struct {
	path     string
	size     int64
	data     []byte
	isMapped bool
	file     *os.File
}

// openContents maps a regular file into memory. Where that fails, or is not wanted, it reads all of
// it when whole is set, and else keeps it open. An error is the system's own, with the path.
func openContents(path string, whole, noMapping bool) (*contents, error) {
	file, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	c := &contents{path: path, size: size}
	if !noMapping && size > 0 {
		if data, err := mapFile(file, size); err == nil {
			c.data, c.isMapped = data, true
			return c, file.Close()
		}
	}
	if !whole {
		c.file = file
		return c, nil
	}
	defer file.Close()
	if size != int64(int(size)) {
		return nil, fmt.Errorf("%s: %d bytes do not fit this system's memory: use a 64-bit build", path, size)
	}
	c.data = make([]byte, size)
	if _, err := io.ReadFull(file, c.data); err != nil {
		return nil, damagedFile(path, "it became shorter while it was read (%v)", err)
	}
	return c, nil
}

// openRegular opens a file only if it is a regular one: opening a named pipe would wait forever.
func openRegular(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, damagedFile(path, "it is not a regular file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	return file, info.Size(), nil
}

// at returns up to len(buffer) bytes from offset on, fewer only at the end of the file. The result
// is the mapped bytes or buffer.
func (c *contents) at(offset int64, buffer []byte) ([]byte, error) {
	if offset < 0 || offset >= c.size {
		return nil, io.ErrUnexpectedEOF
	}
	length := min(int64(len(buffer)), c.size-offset)
	if c.data != nil {
		return c.data[offset : offset+length], nil
	}
	n, err := c.file.ReadAt(buffer[:length], offset)
	if int64(n) == length {
		return buffer[:n], nil
	}
	return nil, err
}

func (c *contents) close() error {
	if c.isMapped {
		data := c.data
		c.data, c.isMapped = nil, false
		return unmapFile(data)
	}
	if c.file != nil {
		return c.file.Close()
	}
	return nil
}
