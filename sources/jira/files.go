package jira

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"keyperson/sources"
)

// ReadFiles reads exported tickets: JSON in the shape of Jira's REST interface (arrays, lines, pages with "issues", one
// file an issue), Jira's CSV export, or with options.Columns the CSV of another tracker, each also gzipped, told apart
// by their content. A directory stands for the .json, .jsonl, .ndjson and .csv files below it, a pattern for the files it
// matches. A ticket that is met more than once counts once, in its newest version.
//
// What cannot be used does not spoil the rest: then a history is returned together with a *ProblemsError. Any other
// error comes without a history: a wrong option, or the end of ctx.
func ReadFiles(ctx context.Context, label string, files []string, options FileOptions) (*sources.TicketHistory, error) {
	reading, err := newFileReading(label, options)
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		if err := reading.named(ctx, name); err != nil {
			return nil, err
		}
	}
	return reading.finish(strings.Join(files, ", "))
}

// Read reads one exported file from a reader; name is used in messages. See ReadFiles.
func Read(ctx context.Context, label, name string, in io.Reader, options FileOptions) (*sources.TicketHistory, error) {
	reading, err := newFileReading(label, options)
	if err != nil {
		return nil, err
	}
	if err := reading.content(ctx, name, in); err != nil {
		return nil, err
	}
	return reading.finish(name)
}

// maxKeptBytes bounds the buffer that is kept from one file to the next.
const maxKeptBytes = 1 << 20

// fileReading is one reading of several files into one history.
type fileReading struct {
	*builder
	options  FileOptions
	nulls    map[string]bool
	problems ProblemsError
	ofFile   int // problems of the current file
	// strangers counts files that a directory holds and that have no issues in them.
	strangers int
	isListed  bool // the current file was found in a directory
	passed    passedOver
	tables    tableNames
	patience  time.Duration // with a pipe that nobody writes into

	// Buffers that serve one file after the other: an export can be one file an issue.
	plain *bufio.Reader
	value []byte
}

func newFileReading(label string, options FileOptions) (*fileReading, error) {
	clock, err := newClock(options.TimeLayout, options.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("tickets: %w", err)
	}
	if err := checkColumns(options.Columns); err != nil {
		return nil, err
	}
	reading := &fileReading{builder: newBuilder(label, clock), options: options, nulls: map[string]bool{}, plain: bufio.NewReaderSize(nil, 1<<16), patience: patience}
	for _, null := range options.Nulls {
		reading.nulls[strings.TrimSpace(null)] = true
	}
	return reading, nil
}

func (r *fileReading) finish(origin string) (*sources.TicketHistory, error) {
	history := r.history(origin)
	if r.strangers > 0 {
		history.Findings = append(history.Findings, sources.Finding{
			Code: "files-without-tickets", Severity: sources.Note, Count: r.strangers,
			Message: fmt.Sprintf("%s: %d JSON files of the directories hold no issue and were passed over", r.people.label, r.strangers),
		})
	}
	history.Findings = append(history.Findings, r.passed.findings(r.people.label)...)
	history.Findings = append(history.Findings, r.tables.findings(r.people.label)...)
	return history, r.problems.orNil()
}

func (r *fileReading) fail(file string, line int, err error) {
	r.ofFile++
	r.problems.add(Problem{File: file, Line: line, Err: err})
}

// named reads what a user named: a file, a directory or a pattern.
func (r *fileReading) named(ctx context.Context, name string) error {
	found, err := os.Stat(name)
	switch {
	case err == nil && found.IsDir():
		return r.directory(ctx, name)
	case err == nil:
		return r.file(ctx, name)
	}
	matches, patternErr := filepath.Glob(name)
	if patternErr != nil || len(matches) == 0 || slices.Equal(matches, []string{name}) {
		r.fail(name, 0, withoutPath(err))
		return nil
	}
	for _, match := range matches {
		if err := r.named(ctx, match); err != nil {
			return err
		}
	}
	return nil
}

func (r *fileReading) file(ctx context.Context, path string) error {
	in, err := r.open(ctx, path)
	if err != nil {
		r.fail(path, 0, withoutPath(err))
		return ctx.Err()
	}
	defer in.Close()
	// Closing it ends a read that waits for a pipe.
	stop := context.AfterFunc(ctx, func() { _ = in.Close() })
	defer stop()
	return r.content(ctx, path, in)
}

// content reads one file, telling from its first bytes what it is. Only the end of the context is returned; all else
// is a problem of this file.
func (r *fileReading) content(ctx context.Context, name string, in io.Reader) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.plain.Reset(in)
	r.ofFile = 0
	text, err := decoded(r.plain)
	if err == nil {
		var first byte
		if first, err = firstByte(text); err == nil {
			if first == '{' || first == '[' {
				err = r.json(ctx, name, text)
			} else {
				err = r.table(ctx, name, text)
			}
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		r.fail(name, 0, withoutPath(err))
	}
	return nil
}

// decoded takes compression and the mark that some programs begin UTF-8 with off a file.
func decoded(text *bufio.Reader) (*bufio.Reader, error) {
	if head, _ := text.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		packed := &countingReader{in: text}
		unzipped, err := gzip.NewReader(packed)
		if err != nil {
			return nil, fmt.Errorf("not gzip after all: %w", err)
		}
		text = bufio.NewReaderSize(&unzipLimit{in: unzipped, packed: packed}, 1<<16)
	}
	head, _ := text.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return nil, errors.New("written in UTF-16; save it as UTF-8")
	case bytes.Equal(head, []byte("\xef\xbb\xbf")):
		_, _ = text.Discard(3) // buffered, so it cannot fail
	}
	return text, nil
}

// firstByte returns the first byte that is no space, leaving everything in place.
func firstByte(text *bufio.Reader) (byte, error) {
	for n := 1; n <= 4096; n++ {
		head, err := text.Peek(n)
		if len(head) < n {
			if err == nil || errors.Is(err, io.EOF) {
				err = errors.New("an empty file")
			}
			return 0, err
		}
		if b := head[n-1]; b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			return b, nil
		}
	}
	return 0, errors.New("nothing but spaces at its beginning")
}

// json reads a file of issues.
func (r *fileReading) json(ctx context.Context, name string, text io.Reader) error {
	found, strange := 0, 0
	take := func(data []byte, line int) {
		decoded, requestType, err := decodeIssue(data, r.options.RequestTypeField)
		if err == nil {
			found++
			err = r.add(decoded, requestType)
		}
		switch {
		case errors.Is(err, errNoIssue) && r.isListed && found == 0:
			strange++
		case err != nil:
			r.fail(name, line, err)
		}
	}
	scanner := newScanner(ctx, &untilEnough{text, r})
	scanner.value = r.value
	err := scanner.issues(take, func(line int, err error) { r.fail(name, line, err) })
	if r.value = scanner.value; cap(r.value) > maxKeptBytes {
		r.value = nil
	}
	if found == 0 && strange > 0 {
		r.strangers++
	}
	return err
}

// untilEnough ends a file that has too many problems to be worth reading on.
type untilEnough struct {
	in      io.Reader
	reading *fileReading
}

func (u *untilEnough) Read(p []byte) (int, error) {
	if u.reading.ofFile >= maxProblemsOfFile {
		return 0, errTooManyProblems
	}
	return u.in.Read(p)
}

// withoutPath takes the path off an error that is told beside a path.
func withoutPath(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
