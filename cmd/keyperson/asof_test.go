package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"keyperson/sources"
)

func TestOnlyAFewEventsYearsAfterAllOthersStandAlone(t *testing.T) {
	const year = 365 * secondsPerDay
	for name, test := range map[string]struct {
		before int     // events in year 40, a second apart
		after  []int64 // in years
		want   int
	}{
		"one, after five years":               {10, []int64{46}, 1},
		"one, within five years":              {10, []int64{44}, 0},
		"three of one day":                    {30, []int64{136, 136, 136}, 3},
		"two of different days: work resumed": {30, []int64{46, 47}, 0},
		"one of three, after all others":      {30, []int64{136, 41, 42}, 1},
		"four: work taken up again":           {90, []int64{46, 46, 46, 46}, 0},
		"one, after too few to contradict it": {9, []int64{46}, 0},
		"nothing after them":                  {10, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var newest newestEvents
			for i := range test.before {
				newest.add(event{time: 40*year + int64(i)})
			}
			for _, at := range test.after {
				newest.add(event{time: at * year})
			}
			if got := newest.alone(); got != test.want {
				t.Errorf("%d stand alone, want %d", got, test.want)
			}
		})
	}
}

func TestATicketOfAWrongClockDoesNotMoveTheDate(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("Issue key,Summary,Created\n")
	for i := range 10 {
		fmt.Fprintf(&rows, "OPS-%d,Renew,2025-07-01 10:00\n", 10+i)
	}
	rows.WriteString("OPS-2,Renew,2106-02-07 10:00\n")
	path := filepath.Join(t.TempDir(), "tickets.csv")
	if err := os.WriteFile(path, []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &program{stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}}
	t.Chdir(t.TempDir())
	r, err := p.read(context.Background(), nil, sourceFlags{noCache: true, tickets: []string{path}}, need{ticketsSuffice: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	var told []sources.Finding
	for _, f := range r.evidence.Findings {
		if f.Code == "straggling-date" {
			told = append(told, f)
		}
	}
	if day(r.options.AsOf.Unix()) != "2025-07-01" || len(told) != 1 || !strings.Contains(told[0].Message, "ticket OPS-2 is of 2106-02-07") {
		t.Errorf("as of %v with findings %+v; want 2025-07-01, and one on OPS-2", r.options.AsOf, told)
	}
}
