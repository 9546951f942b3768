package quarterly

import (
	"fmt"
	"strconv"
	"time"
)

// Quarter is a quarter of a calendar year, in UTC.
type Quarter struct{ Year, Number int }

// QuarterError is returned for a text that is no quarter.
type QuarterError struct{ Text string }

func (e *QuarterError) Error() string {
	return fmt.Sprintf("%q is no quarter: write a year and a number from 1 to 4, such as 2026Q3", e.Text)
}

// Parse reads a quarter as Quarter.String writes it; it returns a *QuarterError.
func Parse(text string) (Quarter, error) {
	if len(text) != len("2026Q3") || text[4] != 'Q' && text[4] != 'q' {
		return Quarter{}, &QuarterError{text}
	}
	year, err := strconv.ParseUint(text[:4], 10, 32)
	number := int(text[5] - '0')
	if err != nil || year < 1 || number < 1 || number > 4 {
		return Quarter{}, &QuarterError{text}
	}
	return Quarter{int(year), number}, nil
}

// Of is the quarter that a time lies in.
func Of(t time.Time) Quarter {
	t = t.UTC()
	return Quarter{t.Year(), (int(t.Month())-1)/3 + 1}
}

// String writes the quarter as 2026Q3.
func (q Quarter) String() string { return fmt.Sprintf("%04dQ%d", q.Year, q.Number) }

// Start is the first second of the quarter.
func (q Quarter) Start() time.Time {
	return time.Date(q.Year, time.Month(q.Number*3-2), 1, 0, 0, 0, 0, time.UTC)
}

// End is the last second of the quarter.
func (q Quarter) End() time.Time { return q.Start().AddDate(0, 3, 0).Add(-time.Second) }

// Add is the quarter so many quarters later, or earlier where n is negative.
func (q Quarter) Add(n int) Quarter {
	index := q.Year*4 + q.Number - 1 + n
	return Quarter{index / 4, index%4 + 1}
}

// IsBefore says whether the quarter lies before another.
func (q Quarter) IsBefore(other Quarter) bool {
	return q.Year < other.Year || q.Year == other.Year && q.Number < other.Number
}
