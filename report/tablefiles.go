package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// ErrUnknownTableFormat is returned for a name that TableFormats does not have.
var ErrUnknownTableFormat = errors.New("unknown format of tables")

// TableFormats are the formats that a set of tables can be written in.
var TableFormats = []string{"csv", "parquet"}

// Manifest says what a set of tables was made from and what is in it, so that whoever loads them can check both.
type Manifest struct {
	SchemaVersion int             `json:"schema_version"`
	Tool          string          `json:"tool"`
	AsOf          time.Time       `json:"as_of"`
	Incomplete    bool            `json:"incomplete"`
	Configuration string          `json:"configuration"` // hash of what decides the numbers
	Inputs        []ManifestInput `json:"inputs"`
	Tables        []ManifestTable `json:"tables"`
}

// ManifestInput is one source that was read.
type ManifestInput struct {
	Kind  string `json:"kind"` // "repository" or "tracker"
	Label string `json:"label"`
	Hash  string `json:"hash"` // commit id, or SHA-256 of what was read
}

// ManifestTable is one file.
type ManifestTable struct {
	Name    string   `json:"name"`
	File    string   `json:"file"`
	Rows    int      `json:"rows"`
	Columns []string `json:"columns"`
	Hash    string   `json:"sha256"`
}

// TableFile is one file to write; the manifest comes last.
type TableFile struct {
	Name    string
	Content []byte
}

// Files renders the tables in a format, with a manifest that counts and hashes them. It returns
// ErrUnknownTableFormat.
func (t Tables) Files(format string, manifest Manifest) ([]TableFile, error) {
	var files []TableFile
	manifest.SchemaVersion, manifest.Tables = SchemaVersion, []ManifestTable{}
	manifest.AsOf, manifest.Incomplete = t.Assessment.AsOf.UTC(), t.Assessment.Incomplete
	for _, table := range t.All() {
		content, err := renderTable(format, table.Rows)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", table.Name, err)
		}
		rows := reflect.ValueOf(table.Rows)
		hash := sha256.Sum256(content)
		file := TableFile{table.Name + "." + format, content}
		files = append(files, file)
		manifest.Tables = append(manifest.Tables, ManifestTable{
			Name: table.Name, File: file.Name, Rows: rows.Len(), Columns: columnsOf(rows.Type().Elem()), Hash: hex.EncodeToString(hash[:]),
		})
	}
	if manifest.Inputs == nil {
		manifest.Inputs = []ManifestInput{}
	}
	for i := range manifest.Inputs {
		manifest.Inputs[i].Label = Clean(manifest.Inputs[i].Label)
	}
	content, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode the manifest: %w", err)
	}
	return append(files, TableFile{"manifest.json", append(content, '\n')}), nil
}

func renderTable(format string, rows any) ([]byte, error) {
	switch format {
	case "csv":
		var out bytes.Buffer
		err := writeCSV(&out, rows)
		return out.Bytes(), err
	case "parquet":
		return encodeParquet(rows)
	}
	return nil, fmt.Errorf("%w %q: use one of %s", ErrUnknownTableFormat, Clean(format), strings.Join(TableFormats, ", "))
}

// columnsOf lists the columns of a table as every format has them.
func columnsOf(record reflect.Type) []string {
	return append([]string{"schema_version"}, columnNames(record)...)
}
