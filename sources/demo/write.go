package demo

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// The files beside the repository's own.
const (
	ticketsFile = "tickets.jsonl.gz"
	truthFile   = "truth.json"
)

// Write makes up an organisation and writes it into a directory, which must not exist or be empty: a git repository
// with its work tree, the tracker's export in tickets.jsonl.gz, and what is true of it in truth.json, which it also returns.
// The same options give the same bytes.
func Write(directory string, options Options) (*Truth, error) {
	options, err := options.complete()
	if err != nil {
		return nil, err
	}
	if err := claim(directory); err != nil {
		return nil, err
	}
	organisation := plan(options)
	written, err := organisation.writeRepository(directory)
	if err != nil {
		return nil, err
	}
	if err := organisation.exportTickets(filepath.Join(directory, ticketsFile)); err != nil {
		return nil, err
	}
	truth := organisation.truth(written)
	data, err := json.MarshalIndent(truth, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the truth: %w", err)
	}
	return truth, os.WriteFile(filepath.Join(directory, truthFile), append(data, '\n'), 0o644)
}

// ErrNotEmpty says that a directory has something in it that must not be overwritten.
var ErrNotEmpty = errors.New("the directory is not empty")

func claim(directory string) error {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s: %w", directory, ErrNotEmpty)
	}
	return nil
}

func (o *organisation) exportTickets(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	compressed := gzip.NewWriter(file)
	buffer := bufio.NewWriterSize(compressed, 1<<20)
	return errors.Join(o.writeTickets(buffer), buffer.Flush(), compressed.Close(), file.Close())
}
