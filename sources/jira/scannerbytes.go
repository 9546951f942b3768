package jira

import (
	"bytes"
	"errors"
	"io"
)

// fill makes sure that a byte is buffered; this is where a reading is given up when its context ends.
func (s *scanner) fill() error {
	if s.in.Buffered() > 0 {
		return nil
	}
	if err := s.ctx.Err(); err != nil {
		return &readError{err}
	}
	_, err := s.in.Peek(1)
	if err != nil && !errors.Is(err, io.EOF) {
		return &readError{err}
	}
	return err
}

// peek returns the next byte without passing over it.
func (s *scanner) peek() (byte, error) {
	if err := s.fill(); err != nil {
		return 0, err
	}
	next, err := s.in.Peek(1)
	if err != nil {
		return 0, err
	}
	return next[0], nil
}

// next passes over one byte.
func (s *scanner) next() (byte, error) {
	if err := s.fill(); err != nil {
		return 0, err
	}
	b, err := s.in.ReadByte()
	if b == '\n' {
		s.line++
	}
	return b, err
}

// step passes over one byte and appends it to the value if asked to.
func (s *scanner) step(isKept bool) error {
	b, err := s.next()
	if err != nil {
		return cutOff(err)
	}
	return s.keep([]byte{b}, isKept)
}

// skipSpace passes over spaces and returns the byte after them without passing over it.
func (s *scanner) skipSpace() (byte, error) {
	for {
		b, err := s.peek()
		if err != nil {
			return 0, err
		}
		if b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			return b, nil
		}
		if _, err := s.next(); err != nil {
			return 0, err
		}
	}
}

// skipLine passes over the rest of a line.
func (s *scanner) skipLine() error {
	for {
		if err := s.fill(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		buffered, _ := s.in.Peek(s.in.Buffered())
		end := bytes.IndexByte(buffered, '\n')
		if end < 0 {
			_, _ = s.in.Discard(len(buffered)) // buffered, so it cannot fail
			continue
		}
		_, _ = s.in.Discard(end + 1)
		s.line++
		return nil
	}
}

// cutOff is what the end of a file means within a value.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) {
		return errCutOff
	}
	return err
}
