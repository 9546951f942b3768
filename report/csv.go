package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// csvFormat writes records as RFC 4180 has them, with one header line. The first column of every
// row is schema_version.
type csvFormat struct{}

func (csvFormat) Name() string { return "csv" }

func (csvFormat) Write(w io.Writer, r Report, _ Options) error {
	var out bytes.Buffer
	if err := writeCSV(&out, r.Records()); err != nil {
		return err
	}
	return flush(w, &out)
}

// writeCSV writes a slice of records.
func writeCSV(out *bytes.Buffer, records any) error {
	rows := reflect.ValueOf(records)
	writer := csv.NewWriter(out)
	writer.UseCRLF = true
	if err := writer.Write(columnsOf(rows.Type().Elem())); err != nil {
		return fmt.Errorf("encode the report as CSV: %w", err)
	}
	for i := range rows.Len() {
		row := appendColumns([]string{strconv.Itoa(SchemaVersion)}, rows.Index(i))
		if err := writer.Write(row); err != nil {
			return fmt.Errorf("encode the report as CSV: %w", err)
		}
	}
	writer.Flush()
	if err := writer.Error(); err != nil {
		return fmt.Errorf("encode the report as CSV: %w", err)
	}
	return nil
}

// columnNames lists the columns of a record struct in the order of its fields; the columns of an
// embedded struct stand where it is embedded.
func columnNames(record reflect.Type) []string {
	var names []string
	for i := range record.NumField() {
		field := record.Field(i)
		if field.Anonymous {
			names = append(names, columnNames(field.Type.Elem())...)
			continue
		}
		names = append(names, field.Tag.Get("csv"))
	}
	return names
}

// appendColumns appends one cell for each column of the record; an embedded struct that is nil
// leaves its columns empty.
func appendColumns(row []string, record reflect.Value) []string {
	for i := range record.NumField() {
		field, value := record.Type().Field(i), record.Field(i)
		switch {
		case !field.Anonymous:
			row = append(row, csvCell(value))
		case value.IsNil():
			row = append(row, make([]string, len(columnNames(field.Type.Elem())))...)
		default:
			row = appendColumns(row, value.Elem())
		}
	}
	return row
}

func csvCell(value reflect.Value) string {
	if value.Kind() == reflect.Pointer {
		if value.IsNil() {
			return ""
		}
		value = value.Elem()
	}
	switch v := value.Interface().(type) {
	case text:
		return guardFormula(Clean(string(v)))
	case []decimal:
		list := make([]string, len(v))
		for i, d := range v {
			list[i] = d.String()
		}
		return strings.Join(list, ";")
	case []text:
		list := make([]string, len(v))
		for i, t := range v {
			list[i] = Clean(string(t))
		}
		return guardFormula(strings.Join(list, "; "))
	default:
		return fmt.Sprint(v)
	}
}

// guardFormula keeps a spreadsheet from computing what a history says: text that begins like a
// formula gets an apostrophe in front. Tab and carriage return are in the list although Clean has
// already escaped them: the guard must hold by itself.
func guardFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
