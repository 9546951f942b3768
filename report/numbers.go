package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Absent stands where a number does not exist.
const Absent = "–"

const absent = Absent

// percent writes a share in [0,1] for a reader. What is neither nothing nor everything is never
// rounded to it.
func percent(share float64) string {
	switch {
	case math.IsNaN(share) || math.IsInf(share, 0):
		return absent
	case share > 0 && share < 0.01:
		return "<1 %"
	case share < 1 && share > 0.99:
		return ">99 %"
	}
	return strconv.Itoa(int(math.Round(share*100))) + " %"
}

// Percent writes a share in [0,1] as every format does.
func Percent(share float64) string { return percent(share) }

// exactPercent writes a share with the two decimals that published tables have.
func exactPercent(share float64) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return absent
	}
	return strconv.FormatFloat(share*100, 'f', 2, 64) + " %"
}

// Count writes a number of things as every format does: 29,057.
func Count(n int) string { return grouped(n) }

// grouped writes a count with a comma between thousands.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// counted writes a count with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// day writes a date; the zero time is no date.
func day(t time.Time) string {
	if t.IsZero() {
		return absent
	}
	return t.UTC().Format(time.DateOnly)
}

// moment writes a time, or only its date where it is the last second of a day, as a user who gave
// a date meant it.
func moment(t time.Time) string {
	t = t.UTC()
	if t.Hour() == 23 && t.Minute() == 59 && t.Second() == 59 {
		return day(t)
	}
	return t.Format("2006-01-02 15:04:05 UTC")
}

// monthsAgo writes an age in months; nil is never.
func monthsAgo(months *float64) string {
	if months == nil || math.IsNaN(*months) || math.IsInf(*months, 0) {
		return "never"
	}
	return strconv.FormatFloat(*months, 'f', 1, 64)
}

// span writes an interval; its ends may be equal.
func span(low, high int) string {
	if low == high {
		return strconv.Itoa(low)
	}
	return fmt.Sprintf("%d–%d", low, high)
}

// enumerate joins at most limit texts and counts the rest.
func enumerate(texts []string, limit int) string {
	if len(texts) <= limit {
		return strings.Join(texts, ", ")
	}
	return strings.Join(texts[:limit], ", ") + fmt.Sprintf(" and %s more", grouped(len(texts)-limit))
}
