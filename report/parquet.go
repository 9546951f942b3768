package report

import (
	"bytes"
	"fmt"
	"reflect"
	"time"

	"github.com/parquet-go/parquet-go"
)

// encodeParquet writes a slice of records as one Parquet file with the columns that CSV has, each in its own type:
// text, whole number, number, truth or time; lists are text, as in CSV. What CSV leaves empty is null.
func encodeParquet(records any) ([]byte, error) {
	rows := reflect.ValueOf(records)
	names := columnsOf(rows.Type().Elem())
	kinds := append([]reflect.Type{reflect.TypeFor[int64]()}, columnKinds(rows.Type().Elem())...)
	row := rowType(names, kinds)
	var out bytes.Buffer
	// The tool's version stands in the manifest: the same rows give the same bytes.
	writer := parquet.NewWriter(&out, parquet.SchemaOf(reflect.New(row).Interface()), parquet.Compression(&parquet.Zstd), parquet.CreatedBy("keyperson", "", ""))
	for i := range rows.Len() {
		target := reflect.New(row)
		setCell(target.Elem().Field(0), reflect.ValueOf(SchemaVersion))
		setColumns(target.Elem(), 1, rows.Index(i))
		if err := writer.Write(target.Interface()); err != nil {
			return nil, fmt.Errorf("encode the table as Parquet: %w", err)
		}
	}
	if err := writer.Close(); err != nil {
		return nil, fmt.Errorf("encode the table as Parquet: %w", err)
	}
	return out.Bytes(), nil
}

// rowType is a struct of optional fields under the names of the columns.
func rowType(names []string, kinds []reflect.Type) reflect.Type {
	fields := make([]reflect.StructField, len(names))
	for i, name := range names {
		tag := `parquet:"` + name + `,optional"`
		if kinds[i] == reflect.TypeFor[time.Time]() {
			tag = `parquet:"` + name + `,optional,timestamp(millisecond)"`
		}
		fields[i] = reflect.StructField{Name: fmt.Sprintf("Column%d", i), Type: reflect.PointerTo(kinds[i]), Tag: reflect.StructTag(tag)}
	}
	return reflect.StructOf(fields)
}

// columnKinds are the Go types that stand for the columns of a record, in the order of columnNames.
func columnKinds(record reflect.Type) []reflect.Type {
	var kinds []reflect.Type
	for i := range record.NumField() {
		field := record.Field(i).Type
		if record.Field(i).Anonymous {
			kinds = append(kinds, columnKinds(field.Elem())...)
			continue
		}
		if field.Kind() == reflect.Pointer {
			field = field.Elem()
		}
		switch {
		case field == reflect.TypeFor[timestamp]():
			kinds = append(kinds, reflect.TypeFor[time.Time]())
		case field == reflect.TypeFor[decimal]():
			kinds = append(kinds, reflect.TypeFor[float64]())
		case field.Kind() == reflect.Bool:
			kinds = append(kinds, reflect.TypeFor[bool]())
		case field.Kind() == reflect.Int:
			kinds = append(kinds, reflect.TypeFor[int64]())
		default:
			kinds = append(kinds, reflect.TypeFor[string]())
		}
	}
	return kinds
}

// setColumns fills the fields of a row from place on, and returns the place behind them; an embedded struct that is
// nil leaves its columns null.
func setColumns(row reflect.Value, place int, record reflect.Value) int {
	for i := range record.NumField() {
		field, value := record.Type().Field(i), record.Field(i)
		switch {
		case !field.Anonymous:
			setCell(row.Field(place), value)
			place++
		case value.IsNil():
			place += len(columnNames(field.Type.Elem()))
		default:
			place = setColumns(row, place, value.Elem())
		}
	}
	return place
}

// setCell sets one value. A number that is none and a time that is none stay null.
func setCell(cell, value reflect.Value) {
	if value.Kind() == reflect.Pointer {
		if value.IsNil() {
			return
		}
		value = value.Elem()
	}
	target := reflect.New(cell.Type().Elem())
	switch v := value.Interface().(type) {
	case timestamp:
		if time.Time(v).IsZero() {
			return
		}
		target.Elem().Set(reflect.ValueOf(time.Time(v).UTC().Truncate(time.Second)))
	case decimal:
		if v.String() == "" {
			return
		}
		target.Elem().SetFloat(float64(v))
	case bool:
		target.Elem().SetBool(v)
	case int:
		target.Elem().SetInt(int64(v))
	case text:
		target.Elem().SetString(Clean(string(v)))
	default:
		target.Elem().SetString(csvCell(value))
	}
	cell.Set(target)
}
