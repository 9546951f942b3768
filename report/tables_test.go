package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

func sampleTables() Tables {
	check := sampleCheck()
	return Tables{Assessment: check.Assessment, Check: check.Result, Progress: sampleProgress().Progress, Edges: true}
}

func filesOf(t *testing.T, tables Tables, format string) []TableFile {
	t.Helper()
	files, err := tables.Files(format, Manifest{Tool: "test", Configuration: "c", Inputs: []ManifestInput{{"repository", "shop", "0123"}}})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func manifestOf(t *testing.T, files []TableFile) Manifest {
	t.Helper()
	var manifest Manifest
	last := files[len(files)-1]
	if err := json.Unmarshal(last.Content, &manifest); err != nil || last.Name != "manifest.json" {
		t.Fatalf("%s: %v", last.Name, err)
	}
	return manifest
}

func TestEveryTableLoadsWithTheRowsThatTheManifestStates(t *testing.T) {
	for _, tables := range []Tables{sampleTables(), hostileTables()} {
		csvFiles, parquetFiles := filesOf(t, tables, "csv"), filesOf(t, tables, "parquet")
		for i, table := range manifestOf(t, csvFiles).Tables {
			rows, err := csv.NewReader(bytes.NewReader(csvFiles[i].Content)).ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", table.Name, err)
			}
			if len(rows) != table.Rows+1 || !slices.Equal(rows[0], table.Columns) {
				t.Errorf("%s.csv: %d rows under %v; the manifest states %d under %v", table.Name, len(rows)-1, rows[0], table.Rows, table.Columns)
			}
			file, err := parquet.OpenFile(bytes.NewReader(parquetFiles[i].Content), int64(len(parquetFiles[i].Content)))
			if err != nil {
				t.Fatalf("%s: %v", table.Name, err)
			}
			var columns []string
			for _, field := range file.Schema().Fields() {
				columns = append(columns, field.Name())
			}
			if file.NumRows() != int64(table.Rows) || !slices.Equal(columns, table.Columns) {
				t.Errorf("%s.parquet: %d rows under %v; want %d under %v", table.Name, file.NumRows(), columns, table.Rows, table.Columns)
			}
			compareCells(t, table.Name, rows, file)
		}
	}
}

// compareCells holds the text columns of both formats against each other: they differ in the guard against formulas only.
func compareCells(t *testing.T, name string, rows [][]string, file *parquet.File) {
	t.Helper()
	reader := parquet.NewReader(file)
	defer reader.Close()
	for i := 1; ; i++ {
		values := map[string]any{}
		if err := reader.Read(&values); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for at, column := range rows[0] {
			cell, isText := values[column].(string)
			if want := strings.TrimPrefix(rows[i][at], "'"); isText && strings.TrimPrefix(cell, "'") != want {
				t.Errorf("%s row %d, %s: Parquet has %q, CSV %q", name, i, column, cell, rows[i][at])
			}
		}
	}
}

// hostileTables have a payload in every text of the systems and risks.
func hostileTables() Tables {
	check := hostileCheck()
	return Tables{Assessment: check.Assessment, Check: check.Result}
}

func TestTheSameTablesGiveTheSameBytes(t *testing.T) {
	for _, format := range TableFormats {
		first, second := filesOf(t, sampleTables(), format), filesOf(t, sampleTables(), format)
		if !reflect.DeepEqual(first, second) {
			t.Errorf("%s: two renderings differ", format)
		}
	}
}

func TestAnUnknownFormatOfTablesIsRefused(t *testing.T) {
	if _, err := sampleTables().Files("xlsx", Manifest{}); !errors.Is(err, ErrUnknownTableFormat) {
		t.Errorf("got %v, want ErrUnknownTableFormat", err)
	}
}

// TestColumnsAreOnlyEverAppended holds the columns against those reviewed last. Whoever loads the tables relies on
// them: taking one away or moving it needs a new SchemaVersion, and -update accepts new columns at the end.
func TestColumnsAreOnlyEverAppended(t *testing.T) {
	const path = "testdata/tables.schema"
	var got strings.Builder
	fmt.Fprintf(&got, "schema version %d\n", SchemaVersion)
	for _, table := range manifestOf(t, filesOf(t, sampleTables(), "csv")).Tables {
		fmt.Fprintf(&got, "%s: %s\n", table.Name, strings.Join(table.Columns, " "))
	}
	reviewed, err := os.ReadFile(path)
	if err == nil {
		refuseLostColumns(t, string(reviewed), got.String())
	}
	compareGolden(t, "tables.schema", got.String())
}

func refuseLostColumns(t *testing.T, reviewed, got string) {
	t.Helper()
	version, tables, _ := strings.Cut(reviewed, "\n")
	now, rest, _ := strings.Cut(got, "\n")
	if version != now {
		return
	}
	current := map[string]string{}
	for line := range strings.Lines(rest) {
		name, columns, _ := strings.Cut(line, ": ")
		current[name] = strings.TrimSpace(columns) + " "
	}
	for line := range strings.Lines(tables) {
		name, columns, _ := strings.Cut(line, ": ")
		if !strings.HasPrefix(current[name], strings.TrimSpace(columns)+" ") {
			t.Fatalf("table %s lost or moved columns under the same schema version:\nreviewed %s\nnow      %s", name, columns, current[name])
		}
	}
}
