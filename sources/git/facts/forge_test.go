package facts

import (
	"testing"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/zstd"
)

// forge returns a file in which one column holds something else and one table states another length,
// with every checksum right.
func forge(t *testing.T, column int, content []byte, table int, rows uint64) []byte {
	t.Helper()
	whole, err := encode(sample(6, 2))
	if err != nil {
		t.Fatal(err)
	}
	h, err := parseHeader(whole)
	if err != nil {
		t.Fatal(err)
	}
	compressor, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		t.Fatal(err)
	}
	defer compressor.Close()
	var body []byte
	rest := whole[headerSize:]
	for i := range h.columns {
		stored := rest[:h.columns[i].stored]
		rest = rest[len(stored):]
		if i == column {
			stored = compressor.EncodeAll(content, nil)
			h.columns[i] = columnEntry{uint64(len(stored)), uint64(len(content)), xxhash.Sum64(content)}
		}
		body = append(body, stored...)
	}
	h.rows[table] = rows
	return append(h.encode(), body...)
}
