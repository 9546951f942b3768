package sources

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestATicketThatTwoTrackersHaveCountsOnceInItsNewestVersion(t *testing.T) {
	const here, there = "https://here.example.org/browse/", "https://there.example.org/browse/"
	of := func(tracker uint32, key, id, url string, updated int64) Ticket {
		return Ticket{Tracker: tracker, Key: key, ID: id, URL: url, Summary: "Renew", Created: 10, Updated: updated}
	}
	late := of(1, "OPS-5", "", "", 9)
	late.Created = 10 + 2*24*60*60
	otherwise := of(1, "OPS-6", "", "", 9)
	otherwise.Summary = "Restart"
	e := Evidence{
		Trackers: []Tracker{{Label: "ops"}, {Label: "desk"}, {Label: "old"}},
		Tickets: []Ticket{
			of(0, "OPS-1", "1", here, 5), of(0, "OPS-2", "2", here, 5), of(0, "OPS-3", "3", here, 5), of(0, "OPS-4", "", "", 5),
			of(0, "OPS-5", "", "", 5), of(0, "OPS-6", "", "", 5),
			of(1, "NET-9", "2", here, 7),  // moved since
			of(1, "OPS-1", "1", here, 5),  // the very same
			of(1, "OPS-3", "3", there, 9), // of another server
			of(1, "OPS-4", "4", here, 4),  // older, from a source that says more
			late, otherwise,
			of(2, "OPS-2", "2", here, 6), // as ops had it, later
		},
	}
	e.DropRepeatedTickets()
	var kept []string
	for i := range e.Tickets {
		kept = append(kept, fmt.Sprintf("%d %s", e.Tickets[i].Tracker, e.Tickets[i].Key))
	}
	if diff := cmp.Diff([]string{"0 OPS-1", "0 OPS-3", "0 OPS-4", "0 OPS-5", "0 OPS-6", "1 NET-9", "1 OPS-3", "1 OPS-5", "1 OPS-6"}, kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	var said []string
	for _, finding := range e.Findings {
		said = append(said, finding.Message)
	}
	if diff := cmp.Diff([]string{
		"desk: 3 of its tickets are those of ops too; each counts once, in its newest version",
		"old: 1 of its tickets is one of desk too; it counts once, in its newest version",
	}, said); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
