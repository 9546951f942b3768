package jira

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// table reads a CSV file: Jira's own, or one that the options say how to read.
func (r *fileReading) table(ctx context.Context, name string, text *bufio.Reader) error {
	limited := &recordLimit{in: text}
	records := csv.NewReader(limited)
	records.Comma = delimiter(text)
	records.FieldsPerRecord = -1
	records.ReuseRecord = true
	header, err := records.Read()
	if err != nil {
		return explainCSV(err)
	}
	layout, err := r.layout(header)
	if err != nil {
		line, _ := records.FieldPos(0)
		r.fail(name, line, err)
		return nil
	}
	log := newEventLog(r, name)
	for {
		limited.used = 0
		if err := ctx.Err(); err != nil {
			return err
		}
		if r.ofFile >= maxProblemsOfFile {
			r.tell(log)
			return errTooManyProblems
		}
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var malformed *csv.ParseError
		if errors.As(err, &malformed) {
			r.fail(name, malformed.StartLine, explainCSV(err))
			continue
		}
		if err != nil {
			r.tell(log)
			return err
		}
		line, _ := records.FieldPos(0)
		if len(record) == 1 && strings.TrimSpace(record[0]) == "" {
			continue
		}
		state, err := r.row(layout, record)
		if err != nil {
			r.fail(name, line, err)
			continue
		}
		state.line = line
		if !layout.isJira {
			log.add(state)
			continue
		}
		// Jira writes each issue once, with all its comments: too much to hold on to.
		if err := r.states([]*row{state}); err != nil {
			r.fail(name, line, fmt.Errorf("%s: %w", shorten(state.ticket.Key), err))
		}
	}
	r.tell(log)
	return nil
}

// explainCSV takes off the position that is told beside the error, and adds what it usually comes from.
func explainCSV(err error) error {
	var malformed *csv.ParseError
	if errors.As(err, &malformed) {
		return fmt.Errorf("not CSV: %w", malformed.Err)
	}
	return err
}

// recordLimit bounds what one record can take: a quotation mark that is never closed would swallow the file.
type recordLimit struct {
	in   io.Reader
	used int
}

func (l *recordLimit) Read(p []byte) (int, error) {
	if l.used > maxIssueBytes {
		return 0, fmt.Errorf("a record of more than %d MiB: is a quotation mark left open?", maxIssueBytes>>20)
	}
	n, err := l.in.Read(p)
	l.used += n
	return n, err
}

// delimiter returns the sign between columns: the one of comma, semicolon and tabulator that the first line has most
// of, outside of quotation marks.
func delimiter(text *bufio.Reader) rune {
	head, _ := text.Peek(1 << 15)
	counts := map[rune]int{}
	isQuoted := false
	for _, r := range string(head) {
		switch {
		case r == '"':
			isQuoted = !isQuoted
		case isQuoted:
		case r == '\n':
			return mostOf(counts)
		case r == ',' || r == ';' || r == '\t':
			counts[r]++
		}
	}
	return mostOf(counts)
}

func mostOf(counts map[rune]int) rune {
	best := ','
	for _, r := range []rune{';', '\t'} {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}
