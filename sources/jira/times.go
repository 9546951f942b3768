package jira

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// The orders in which a purely numeric date can be written, as FileOptions.TimeLayout names them.
const (
	layoutISO        = "iso"
	layoutDayFirst   = "day-first"
	layoutMonthFirst = "month-first"
)

// restLayout is how Jira's REST interface writes dates.
const restLayout = "2006-01-02T15:04:05.000-0700"

// clock reads dates as one source writes them. The zero value reads dates that carry a zone, or UTC.
type clock struct {
	layout   string // "", one of the orders, or a layout of package time
	location *time.Location
}

func newClock(layout, zone string) (clock, error) {
	if zone == "" {
		return clock{layout: layout, location: time.UTC}, nil
	}
	location, err := time.LoadLocation(zone)
	if err != nil || strings.EqualFold(zone, "local") {
		return clock{}, fmt.Errorf("time zone %q is not an IANA name such as Europe/Berlin or Asia/Tokyo", zone)
	}
	return clock{layout: layout, location: location}, nil
}

// read returns the seconds since 1970 of a date; 0 for an empty text.
func (c clock) read(text string) (int64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	if c.location == nil {
		c.location = time.UTC
	}
	var moment time.Time
	var err error
	switch c.layout {
	case "", layoutISO, layoutDayFirst, layoutMonthFirst:
		moment, err = c.parse(text)
	default:
		if moment, err = time.ParseInLocation(c.layout, text, c.location); err != nil {
			err = fmt.Errorf("is not written as the layout %q", c.layout)
		}
	}
	if err != nil {
		return 0, fmt.Errorf("date %q %w", shorten(text), err)
	}
	seconds := moment.Unix()
	if seconds <= 0 || moment.Year() > 2200 {
		return 0, fmt.Errorf("date %q is outside of 1970 to 2200", shorten(text))
	}
	return seconds, nil
}

var errNoDate = errors.New("is in no form known here; time_layout says how dates are written, nulls what stands for none")

// parse reads a date of unknown form: a day, then perhaps a time of day, then perhaps a zone.
func (c clock) parse(text string) (time.Time, error) {
	if len(text) > 64 {
		return time.Time{}, errNoDate
	}
	if len(text) == len(restLayout) && text[10] == 'T' { // nearly all of them
		if moment, err := time.Parse(restLayout, text); err == nil {
			return moment, nil
		}
	}
	if epoch, ok := parseEpoch(text); ok {
		return epoch, nil
	}
	words := splitDate(text)
	year, month, day, rest, err := c.day(words)
	if err != nil {
		return time.Time{}, err
	}
	hour, minute, second, location, err := c.timeOfDay(rest)
	if err != nil {
		return time.Time{}, err
	}
	moment := time.Date(year, month, day, hour, minute, second, 0, location)
	if check := time.Date(year, month, day, 0, 0, 0, 0, time.UTC); check.Day() != day || check.Month() != month {
		return time.Time{}, errors.New("is a day that the calendar does not have")
	}
	return moment, nil
}

// parseEpoch reads seconds (10 digits) and milliseconds (13 digits) since 1970.
func parseEpoch(text string) (time.Time, bool) {
	if len(text) != 10 && len(text) != 13 {
		return time.Time{}, false
	}
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 {
		return time.Time{}, false
	}
	if len(text) == 13 {
		return time.UnixMilli(number), true
	}
	return time.Unix(number, 0), true
}

// splitDate cuts a date into numbers, words and the signs between them; spaces are dropped, since no form known
// depends on them.
func splitDate(text string) []string {
	var words []string
	start, kind := -1, 0
	flush := func(end int) {
		if start >= 0 {
			words = append(words, text[start:end])
		}
		start, kind = -1, 0
	}
	for i, r := range text {
		next := 0
		switch {
		case r >= '0' && r <= '9':
			next = 1
		case unicode.IsLetter(r) || unicode.IsMark(r):
			next = 2
		}
		if next == 0 || next != kind {
			flush(i)
			if next != 0 {
				start, kind = i, next
			} else if !unicode.IsSpace(r) {
				words = append(words, string(r))
			}
		}
	}
	flush(len(text))
	return words
}

// day reads the day at the start of the words and returns what follows it.
func (c clock) day(words []string) (year int, month time.Month, day int, rest []string, err error) {
	fail := func(err error) (int, time.Month, int, []string, error) { return 0, 0, 0, nil, err }
	var parts []string // the three numbers or names of the day
	separator, at := "", 0
	for at < len(words) && len(parts) < 3 {
		switch word := words[at]; {
		case isNumber(word) || monthNamed(word) != 0:
			parts = append(parts, word)
		case word == "/" || word == "-" || word == "." || word == "," || word == "年" || word == "月":
			if separator == "" {
				separator = word
			}
		case monthNamed(word) == 0 && len(parts) == 0 && unicode.IsLetter([]rune(word)[0]): // a day of the week
		default:
			return fail(errNoDate)
		}
		at++
	}
	if len(parts) < 3 {
		return fail(errNoDate)
	}
	if at < len(words) && words[at] == "日" {
		at++
	}
	yearText, monthText, dayText, err := c.order(parts, separator)
	if err != nil {
		return fail(err)
	}
	if month = monthNamed(monthText); month == 0 {
		number, _ := strconv.Atoi(monthText)
		month = time.Month(number)
	}
	year, yearErr := strconv.Atoi(yearText)
	day, dayErr := strconv.Atoi(dayText)
	if yearErr != nil || dayErr != nil || month < 1 || month > 12 || day < 1 || day > 31 {
		return fail(errNoDate)
	}
	if len(yearText) <= 2 { // as package time reads them
		year += 2000
		if year >= 2069 {
			year -= 100
		}
	}
	return year, month, day, words[at:], nil
}

// order tells year, month and day apart.
func (c clock) order(parts []string, separator string) (year, month, day string, err error) {
	switch {
	case len(parts[0]) == 4 && isNumber(parts[0]):
		return parts[0], parts[1], parts[2], nil
	case monthNamed(parts[1]) != 0:
		return parts[2], parts[1], parts[0], nil
	case monthNamed(parts[0]) != 0:
		return parts[2], parts[0], parts[1], nil
	case c.layout == layoutDayFirst || c.layout == "" && separator == ".":
		return parts[2], parts[1], parts[0], nil
	case c.layout == layoutMonthFirst:
		return parts[2], parts[0], parts[1], nil
	}
	return "", "", "", errors.New(`may have the day or the month first; time_layout says which: "day-first" or "month-first"`)
}

// timeOfDay reads "7:56", "07:56:13.000+0000", "7:56 AM" and the like; no words are midnight in the source's zone.
func (c clock) timeOfDay(words []string) (hour, minute, second int, location *time.Location, err error) {
	fail := func() (int, int, int, *time.Location, error) { return 0, 0, 0, nil, errNoDate }
	location = c.location
	for len(words) > 0 && (words[0] == "T" || words[0] == "t" || words[0] == ",") {
		words = words[1:]
	}
	half := 0 // of the day: 1 before noon, 2 after
	take := func() {
		if len(words) > 0 && half == 0 {
			var used int
			if half, used = halfOfDay(words); used > 0 {
				words = words[used:]
			}
		}
	}
	take()
	if len(words) == 0 {
		return 0, 0, 0, location, nil
	}
	var numbers []int
	for len(words) > 0 && len(numbers) < 3 && isNumber(words[0]) && len(words[0]) <= 2 {
		number, _ := strconv.Atoi(words[0])
		numbers = append(numbers, number)
		words = words[1:]
		if len(words) < 2 || words[0] != ":" {
			break
		}
		words = words[1:]
	}
	if len(numbers) < 2 {
		return fail()
	}
	hour, minute = numbers[0], numbers[1]
	if len(numbers) == 3 {
		second = numbers[2]
	}
	if len(words) >= 2 && (words[0] == "." || words[0] == ",") && isNumber(words[1]) { // fractions of a second
		words = words[2:]
	}
	take()
	if half != 0 && (hour < 1 || hour > 12) || hour > 23 || minute > 59 || second > 60 {
		return fail()
	}
	if half != 0 {
		hour = hour%12 + 12*(half-1)
	}
	if len(words) > 0 {
		if location = zone(words); location == nil {
			return fail()
		}
	}
	return hour, minute, second, location, nil
}

// zone reads "Z", "UTC", "+0000", "+00:00" and "-03"; nil for anything else. Abbreviations such as IST name
// several zones and are refused.
func zone(words []string) *time.Location {
	switch joined := strings.Join(words, ""); joined {
	case "Z", "z", "UTC", "GMT":
		return time.UTC
	default:
		digits := strings.ReplaceAll(joined[1:], ":", "")
		sign := 1
		switch joined[0] {
		case '-':
			sign = -1
		case '+':
		default:
			return nil
		}
		if !isNumber(digits) || len(digits) != 2 && len(digits) != 4 {
			return nil
		}
		hours, _ := strconv.Atoi(digits[:2])
		minutes := 0
		if len(digits) == 4 {
			minutes, _ = strconv.Atoi(digits[2:])
		}
		if hours > 15 || minutes > 59 {
			return nil
		}
		return time.FixedZone("", sign*(hours*3600+minutes*60))
	}
}

func isNumber(word string) bool {
	return word != "" && strings.Trim(word, "0123456789") == ""
}

func shorten(text string) string {
	const most = 60
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}
