package jira

import (
	"bufio"
	"fmt"
	"io"
)

// Bounds of what compressed exports may become. Those of real trackers, which say the same about every ticket, grow to
// ten or thirty times their size; deflate reaches a thousand times with nothing but repetition.
const (
	freeUnzippedBytes = 64 << 20 // whatever the size of the file
	mostUnzippedRatio = 150
)

// unzipLimit ends a small file that would become an endless one.
type unzipLimit struct {
	in       io.Reader
	packed   *countingReader
	unzipped int64
}

func (l *unzipLimit) Read(p []byte) (int, error) {
	if l.unzipped > freeUnzippedBytes && l.unzipped > mostUnzippedRatio*l.packed.count {
		return 0, fmt.Errorf("compressed more than %d times, which no export of tickets is; if it is one, unpack it first", mostUnzippedRatio)
	}
	n, err := l.in.Read(p)
	l.unzipped += int64(n)
	return n, err
}

// countingReader counts what was read of a file. It hands out single bytes too, so that package gzip adds no buffer of
// its own and the count runs ahead of what was unzipped by nothing.
type countingReader struct {
	in    *bufio.Reader
	count int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.count += int64(n)
	return n, err
}

func (c *countingReader) ReadByte() (byte, error) {
	b, err := c.in.ReadByte()
	if err == nil {
		c.count++
	}
	return b, err
}
