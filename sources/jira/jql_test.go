package jira

import (
	"testing"
	"time"
)

func TestASearchQuotesWhatItIsGiven(t *testing.T) {
	since := time.Date(2024, 3, 5, 10, 20, 59, 0, time.UTC)
	got, err := query([]string{"OPS", `a" OR "b\`}, ` labels = "x) y" OR type = Bug `, since, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	want := `project in ("OPS", "a\" OR \"b\\") AND (labels = "x) y" OR type = Bug) AND updated >= "2024/03/05 10:20" ORDER BY updated ASC, key ASC`
	if got != want {
		t.Errorf("query\n got %s\nwant %s", got, want)
	}
	if got, _ := query(nil, "", time.Time{}, time.UTC); got != `updated >= "1970/01/03 00:00" ORDER BY updated ASC, key ASC` {
		t.Errorf("a search for everything is %s, want it bounded", got)
	}
}

func TestTheTimeOfASearchIsNeverReadAsALaterOne(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Skip(err)
		}
		// Every quarter of an hour of a year: among them the hours that the clocks repeat and leave out.
		for at := time.Date(2024, 1, 1, 0, 7, 30, 0, time.UTC); at.Year() == 2024; at = at.Add(15 * time.Minute) {
			written := jqlTime(at, zone)
			read, err := time.ParseInLocation("2006/01/02 15:04", written, zone)
			if err != nil {
				t.Fatal(err)
			}
			latest := read
			for _, d := range []time.Duration{30 * time.Minute, time.Hour} { // the other meaning of a repeated hour
				if read.Add(d).In(zone).Format("2006/01/02 15:04") == written {
					latest = read.Add(d)
				}
			}
			if latest.After(at) || at.Sub(latest) > 3*time.Hour {
				t.Fatalf("%s in %s is written as %s, which can be read as %s", at, name, written, latest.UTC())
			}
		}
	}
}

func TestACursorOfAnotherSearchBeginsAtTheBeginning(t *testing.T) {
	ops := Connection{URL: "https://jira.example.org", Projects: []string{"OPS", "NET"}}
	c := parseCursor("", ops.scope())
	c.saw("OPS-1", 1709629200000)
	for name, test := range map[string]struct {
		text   string
		scope  string
		newest int64
	}{
		"the same":              {c.text(), ops.scope(), 1709629200000},
		"projects in any order": {c.text(), (&Connection{URL: ops.URL, Projects: []string{"NET", "OPS"}}).scope(), 1709629200000},
		"a project more":        {c.text(), (&Connection{URL: ops.URL, Projects: []string{"NET", "OPS", "WEB"}}).scope(), 0},
		"other jql":             {c.text(), (&Connection{URL: ops.URL, Projects: ops.Projects, JQL: "labels = a"}).scope(), 0},
		"damaged":               {c.text()[:20], ops.scope(), 0},
		"none":                  {"", ops.scope(), 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := parseCursor(test.text, test.scope); got.Newest != test.newest {
				t.Errorf("newest %d, want %d", got.Newest, test.newest)
			}
		})
	}
}
