package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"
)

// jsonFormat writes one indented object. Field names are the snake_case tags of the view structs.
type jsonFormat struct{}

func (jsonFormat) Name() string { return "json" }

func (jsonFormat) Write(w io.Writer, r Report, _ Options) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r.View()); err != nil {
		return fmt.Errorf("encode the report as JSON: %w", err)
	}
	return flush(w, &out)
}

// text is a string of a history: cleaned whenever it is encoded.
type text string

// MarshalJSON encodes the cleaned text. Angle brackets stay as they are: addresses are full of them.
func (t text) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(Clean(string(t))); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

func texts(plain []string) []text {
	list := make([]text, len(plain))
	for i, s := range plain {
		list[i] = text(s)
	}
	return list
}

// decimal is a number with four fixed decimals; what is not a number is null.
type decimal float64

// String is the number as JSON and CSV write it, empty where it is not a number.
func (d decimal) String() string {
	if math.IsNaN(float64(d)) || math.IsInf(float64(d), 0) {
		return ""
	}
	s := strconv.FormatFloat(float64(d), 'f', 4, 64)
	if s == "-0.0000" {
		return "0.0000"
	}
	return s
}

// MarshalJSON encodes the number as String writes it.
func (d decimal) MarshalJSON() ([]byte, error) {
	if s := d.String(); s != "" {
		return []byte(s), nil
	}
	return []byte("null"), nil
}

func decimals(plain []float64) []decimal {
	list := make([]decimal, len(plain))
	for i, x := range plain {
		list[i] = decimal(x)
	}
	return list
}

func optionalDecimal(x *float64) *decimal {
	if x == nil {
		return nil
	}
	return new(decimal(*x))
}

// timestamp is a time in RFC 3339, UTC, to the second; the zero time is null.
type timestamp time.Time

// String is the time as JSON and CSV write it, empty where there is none.
func (t timestamp) String() string {
	if time.Time(t).IsZero() {
		return ""
	}
	return time.Time(t).UTC().Format(time.RFC3339)
}

// MarshalJSON encodes the time as String writes it.
func (t timestamp) MarshalJSON() ([]byte, error) {
	if s := t.String(); s != "" {
		return []byte(`"` + s + `"`), nil
	}
	return []byte("null"), nil
}

func optionalTimestamp(t *time.Time) *timestamp {
	if t == nil {
		return nil
	}
	return new(timestamp(*t))
}
