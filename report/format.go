package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// SchemaVersion is the version of the field names and meanings in JSON and CSV. It grows by one
// whenever a field is removed or changes its meaning; new fields alone do not change it.
const SchemaVersion = 1

// ErrUnknownFormat is returned by Lookup for a name that is not registered.
var ErrUnknownFormat = errors.New("unknown format")

// Report is something that can be rendered in every format.
type Report interface {
	// Document is the report for a reader: headings, facts, tables and sentences in order.
	Document() Document
	// Records is the report for a spreadsheet: a slice of structs, one for each row, whose fields
	// carry their column's name in the tag `csv`.
	Records() any
	// View is the report for a program: a struct that encoding/json can encode.
	View() any
}

// Options are the properties of the place the output goes to. The zero value suits a file.
type Options struct {
	Width  int  // columns of the terminal; 0: as wide as the content needs
	Colour bool // emphasise with terminal colours
}

// Format turns a report into bytes.
type Format interface {
	Name() string
	// Write renders the report; errors are those of the writer.
	Write(w io.Writer, r Report, options Options) error
}

// formats is the registry: one line a format, in the order in which help lists them.
var formats = []Format{
	tableFormat{},
	csvFormat{},
	jsonFormat{},
	markdownFormat{},
	htmlFormat{},
}

// Names returns the names of all formats.
func Names() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name()
	}
	return names
}

// Lookup returns the format of that name, or ErrUnknownFormat with the names there are.
func Lookup(name string) (Format, error) {
	for _, f := range formats {
		if f.Name() == name {
			return f, nil
		}
	}
	return nil, fmt.Errorf("%w %q: use one of %s", ErrUnknownFormat, Clean(name), strings.Join(Names(), ", "))
}

// flush writes what was rendered in one piece, so that a failed rendering leaves nothing behind.
func flush(w io.Writer, rendered *bytes.Buffer) error {
	if _, err := w.Write(rendered.Bytes()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}
