package jira

import (
	"strings"
	"testing"
	"time"
)

func TestDatesAreReadInEveryForm(t *testing.T) {
	for name, test := range map[string]struct {
		text, layout, zone string
		want               string
	}{
		"REST":                     {"2012-05-16T07:56:13.000+0000", "", "", "2012-05-16T07:56:13Z"},
		"REST in another zone":     {"2012-05-16T07:56:13.999-0330", "", "Asia/Tokyo", "2012-05-16T11:26:13Z"},
		"RFC 3339":                 {"2012-05-16T07:56:13Z", "", "Asia/Tokyo", "2012-05-16T07:56:13Z"},
		"ISO without a zone":       {"2012-05-16 07:56", "", "Asia/Tokyo", "2012-05-15T22:56:00Z"},
		"ISO day":                  {"2012-05-16", "", "", "2012-05-16T00:00:00Z"},
		"Jira's default":           {"16/May/12 7:56 AM", "", "", "2012-05-16T07:56:00Z"},
		"noon":                     {"16/May/12 12:05 PM", "", "", "2012-05-16T12:05:00Z"},
		"midnight":                 {"16/May/12 12:05 AM", "", "", "2012-05-16T00:05:00Z"},
		"German":                   {"16. März 2012 19:56", "", "Europe/Berlin", "2012-03-16T18:56:00Z"},
		"German export":            {"16/Mär/12 7:56 nachm.", "", "", "2012-03-16T19:56:00Z"},
		"German digits":            {"16.05.2012 19:56:13", "", "", "2012-05-16T19:56:13Z"},
		"French":                   {"16/août/12 7:56 PM", "", "", "2012-08-16T19:56:00Z"},
		"French June and July":     {"16/juil./12 19:56", "", "", "2012-07-16T19:56:00Z"},
		"Spanish":                  {"16/ene/12 7:56 p. m.", "", "", "2012-01-16T19:56:00Z"},
		"Japanese":                 {"2012/05/16 7:56 午後", "", "Asia/Tokyo", "2012-05-16T10:56:00Z"},
		"Japanese in full":         {"2012年5月16日 19:56", "", "Asia/Tokyo", "2012-05-16T10:56:00Z"},
		"American in full":         {"May 16, 2012 7:56:13 AM", "", "", "2012-05-16T07:56:13Z"},
		"with the day of the week": {"Wed, 16 May 2012 07:56:13 +0200", "", "", "2012-05-16T05:56:13Z"},
		"day first":                {"06-05-2012 07:56", "day-first", "", "2012-05-06T07:56:00Z"},
		"month first":              {"05/06/2012 07:56", "month-first", "", "2012-05-06T07:56:00Z"},
		"a layout":                 {"20120516 0756", "20060102 1504", "Asia/Tokyo", "2012-05-15T22:56:00Z"},
		"milliseconds":             {"1337154973000", "", "", "2012-05-16T07:56:13Z"},
		"an hour that is left out": {"2024-03-31 02:30", "", "Europe/Berlin", "2024-03-31T01:30:00Z"},
		"a zone of quarter hours":  {"2024-01-01 00:00", "", "Asia/Kathmandu", "2023-12-31T18:15:00Z"},
		"the last century":         {"16/May/98 7:56 AM", "", "", "1998-05-16T07:56:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			clock, err := newClock(test.layout, test.zone)
			if err != nil {
				t.Fatal(err)
			}
			seconds, err := clock.read(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := time.Unix(seconds, 0).UTC().Format(time.RFC3339); got != test.want {
				t.Errorf("%q is read as %s, want %s", test.text, got, test.want)
			}
		})
	}
}

func TestADateThatCouldBeMisreadIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"05/06/2012":           `may have the day or the month first; time_layout says which: "day-first" or "month-first"`,
		"06-05-2012 07:56":     `may have the day or the month first`,
		"30/Feb/12 7:56 AM":    "is a day that the calendar does not have",
		"2012-13-01":           "is in no form known here",
		"2012-05-16 25:00":     "is in no form known here",
		"2012-05-16 13:00 PM":  "is in no form known here",
		"2012-05-16 07:56 IST": "is in no form known here",
		"1812-05-16":           "is outside of 1970 to 2200",
		"soon":                 "is in no form known here",
		"12":                   "is in no form known here",
	} {
		if got, err := (clock{}).read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is read as %d, %v; want an error with %q", text, got, err, want)
		}
	}
}

func TestATimeZoneMustBeKnown(t *testing.T) {
	for _, zone := range []string{"Local", "IST", "Mars/Olympus", "../etc/passwd"} {
		if _, err := newClock("", zone); err == nil {
			t.Errorf("%q was taken for a time zone", zone)
		}
	}
}
