package jira

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// Bounds of what one issue may be.
const (
	maxIssueBytes = 64 << 20
	maxNesting    = 1000
)

var (
	errTooLarge = fmt.Errorf("an issue of more than %d MiB", maxIssueBytes>>20)
	errTooDeep  = fmt.Errorf("nested more than %d deep", maxNesting)
	errCutOff   = errors.New("ends in the middle of a value: the file was cut off")
)

// scanner finds the issues of a JSON file one after the other, so that no more than one is in memory. A file is a
// sequence of objects and arrays of objects; an object with an array "issues" stands for that array's elements.
type scanner struct {
	ctx   context.Context
	in    *bufio.Reader
	line  int // of the next byte, from 1
	value []byte
}

func newScanner(ctx context.Context, in io.Reader) *scanner {
	return &scanner{ctx: ctx, in: bufio.NewReaderSize(in, 1<<16), line: 1}
}

// issues calls take with each issue and the line it begins on; the bytes are valid until it returns. Where what is
// met is no JSON, failed is told; after that the reading goes on where it can: with the next line, outside of arrays.
func (s *scanner) issues(take func(data []byte, line int), failed func(line int, err error)) error {
	for {
		b, err := s.skipSpace()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line := s.line
		switch b {
		case '{':
			err = s.object(take, failed)
		case '[':
			err = s.array(take, failed)
		default:
			err = fmt.Errorf("begins with %q instead of a JSON object or array", b)
		}
		if err == nil {
			continue
		}
		if s.isFatal(err) {
			return err
		}
		failed(line, err)
		if err := s.skipLine(); err != nil {
			return err
		}
	}
}

// isFatal says whether an error is of reading rather than of what was read.
func (s *scanner) isFatal(err error) bool {
	var reading *readError
	return errors.As(err, &reading)
}

// readError is an error of the reader underneath.
type readError struct{ error }

func (e *readError) Unwrap() error { return e.error }

// array hands out the elements of an array whose bracket is next.
func (s *scanner) array(take func([]byte, int), failed func(int, error)) error {
	if _, err := s.next(); err != nil {
		return err
	}
	for first := true; ; first = false {
		b, err := s.skipSpace()
		if err != nil {
			return cutOff(err)
		}
		switch {
		case b == ']':
			_, err = s.next()
			return err
		case b == ',' && !first:
			if _, err = s.next(); err != nil {
				return err
			}
			if b, err = s.skipSpace(); err != nil {
				return cutOff(err)
			}
		case !first:
			return fmt.Errorf("%q where a comma or the end of the array belongs", b)
		}
		line := s.line
		s.value = s.value[:0]
		if b != '{' {
			if err := s.skipValue(); err != nil {
				return err
			}
			failed(line, errNoIssue)
			continue
		}
		if err := s.copyValue(true); err != nil {
			return err
		}
		take(s.value, line)
	}
}

// object hands out an object, or the elements of its "issues".
func (s *scanner) object(take func([]byte, int), failed func(int, error)) error {
	line := s.line
	s.value = s.value[:0]
	if err := s.step(true); err != nil { // the brace
		return err
	}
	isWrapper := false
	for {
		b, err := s.skipSpace()
		if err != nil {
			return cutOff(err)
		}
		if b == '}' || b == ',' {
			if err := s.step(!isWrapper); err != nil {
				return err
			}
			if b == ',' {
				continue
			}
			if !isWrapper {
				take(s.value, line)
			}
			return nil
		}
		if b != '"' {
			return fmt.Errorf("%q where the name of a field belongs", b)
		}
		start := len(s.value)
		if isWrapper {
			start, s.value = 0, s.value[:0]
		}
		if err := s.copyValue(true); err != nil {
			return err
		}
		name := string(s.value[start:])
		if b, err = s.skipSpace(); err != nil {
			return cutOff(err)
		}
		if b != ':' {
			return fmt.Errorf("%q where a colon belongs", b)
		}
		if err := s.step(!isWrapper); err != nil {
			return err
		}
		if b, err = s.skipSpace(); err != nil {
			return cutOff(err)
		}
		if name == `"issues"` && b == '[' {
			isWrapper = true
			if err := s.array(take, failed); err != nil {
				return err
			}
			continue
		}
		if err := s.copyValue(!isWrapper); err != nil {
			return err
		}
	}
}

// copyValue passes over one value, and appends it to s.value if asked to. Only the ends of strings and brackets are
// looked at: whoever decodes the value checks the rest.
func (s *scanner) copyValue(isKept bool) error {
	depth := 0
	for {
		b, err := s.peek()
		if err != nil {
			if depth == 0 && errors.Is(err, io.EOF) && len(s.value) > 0 {
				return nil
			}
			return cutOff(err)
		}
		switch b {
		case '"':
			if err := s.copyString(isKept); err != nil {
				return err
			}
			if depth == 0 {
				return nil
			}
			continue
		case '{', '[':
			if depth++; depth > maxNesting {
				return errTooDeep
			}
		case '}', ']':
			if depth == 0 {
				return nil // of the container
			}
			depth--
			if err := s.step(isKept); err != nil {
				return err
			}
			if depth == 0 {
				return nil
			}
			continue
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return nil // the end of a number or word
			}
		}
		if err := s.step(isKept); err != nil {
			return err
		}
	}
}

func (s *scanner) skipValue() error {
	before := len(s.value)
	if b, err := s.peek(); err != nil {
		return cutOff(err)
	} else if bytes.IndexByte([]byte(",]}:"), b) >= 0 {
		return fmt.Errorf("%q where a value belongs", b)
	}
	err := s.copyValue(false)
	s.value = s.value[:before]
	return err
}

// copyString passes over a string, quickly: most of an export is strings.
func (s *scanner) copyString(isKept bool) error {
	if err := s.step(isKept); err != nil {
		return err
	}
	for {
		if err := s.fill(); err != nil {
			return cutOff(err)
		}
		buffered, _ := s.in.Peek(s.in.Buffered())
		end := bytes.IndexAny(buffered, "\"\\\n")
		if end < 0 {
			end = len(buffered)
		}
		if err := s.keep(buffered[:end], isKept); err != nil {
			return err
		}
		_, _ = s.in.Discard(end) // buffered, so it cannot fail
		if end == len(buffered) {
			continue
		}
		b := buffered[end]
		if b == '\n' {
			return errors.New("a line break within a text")
		}
		if err := s.step(isKept); err != nil {
			return err
		}
		if b == '"' {
			return nil
		}
		if b, err := s.peek(); err != nil { // whatever the backslash escapes
			return cutOff(err)
		} else if b != '\n' {
			if err := s.step(isKept); err != nil {
				return err
			}
		}
	}
}

func (s *scanner) keep(data []byte, isKept bool) error {
	if !isKept {
		return nil
	}
	if len(s.value)+len(data) > maxIssueBytes {
		return errTooLarge
	}
	s.value = append(s.value, data...)
	return nil
}
