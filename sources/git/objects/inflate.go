package objects

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/zlib"
)

// inflater inflates one zlib stream after another with the same memory. It checks each stream's
// checksum.
type inflater struct {
	mapped   bytes.Reader // the fast source: inflate reads it without calls
	piece    pieceReader
	buffered *bufio.Reader
	zlib     io.ReadCloser
	extra    [1]byte
}

// pieceReader reads a file that is not mapped, from a position on.
type pieceReader struct {
	source io.ReaderAt
	at     int64
	end    int64
}

func (p *pieceReader) Read(buffer []byte) (int, error) {
	if p.at >= p.end {
		return 0, io.EOF
	}
	n, err := p.source.ReadAt(buffer[:min(int64(len(buffer)), p.end-p.at)], p.at)
	p.at += int64(n)
	if n > 0 {
		return n, nil
	}
	return n, err
}

// start begins with the stream at offset of a pack, which ends before the trailing checksum.
func (f *inflater) start(c *contents, offset int64) error {
	end := c.size - hashSize
	if offset >= end {
		return io.ErrUnexpectedEOF
	}
	if c.data != nil {
		f.mapped.Reset(c.data[offset:end])
		return f.reset(&f.mapped)
	}
	f.piece = pieceReader{source: c.file, at: offset, end: end}
	return f.startBuffered(&f.piece)
}

// startBuffered begins with the stream at the reader's position.
func (f *inflater) startBuffered(source io.Reader) error {
	if f.buffered == nil {
		f.buffered = bufio.NewReaderSize(source, 8<<10)
	} else {
		f.buffered.Reset(source)
	}
	return f.reset(f.buffered)
}

func (f *inflater) reset(source io.Reader) error {
	if f.zlib == nil {
		reader, err := zlib.NewReader(source)
		if err == nil {
			f.zlib = reader
		}
		return err
	}
	return f.zlib.(zlib.Resetter).Reset(source, nil)
}

var errLonger = errors.New("it holds more than it says")

// rest fills destination with what is left of the stream, which must be exactly that long.
func (f *inflater) rest(destination []byte) error {
	if _, err := io.ReadFull(f.zlib, destination); err != nil {
		return noEOF(err)
	}
	for range 4 { // a reader may return nothing and no error a few times
		n, err := f.zlib.Read(f.extra[:])
		if n > 0 {
			return errLonger
		}
		if err != nil {
			if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				return nil
			}
			return err
		}
	}
	return io.ErrNoProgress
}

// some fills as much of buffer as the stream has.
func (f *inflater) some(buffer []byte) (int, error) {
	n, err := io.ReadFull(f.zlib, buffer)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // a stream that is cut off shows when the rest is read
	}
	return n, err
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
