package sources

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func whole() Ticket {
	return Ticket{
		Key: "OPS-1", Created: 10, Updated: 60, Resolved: 50, Resolution: "Done", Status: "Closed",
		Reporter: 1, Assignee: 3, Resolver: 3, Reassigned: 1, Reopened: 0, Escalated: 2, UsedProcedure: Yes,
		Acts: []Act{
			{Person: 1, Kind: Reported, Time: 10},
			{Person: 2, Kind: Assigned, Time: 20, End: 40, Reference: "c1"},
			{Person: 2, Kind: Commented, Time: 30},
			{Person: 3, Kind: Assigned, Time: 40, End: 50, Reference: "c2"},
			{Person: 3, Kind: Resolved, Time: 50, Reference: "c3"},
			{Person: 1, Kind: Commented, Time: 60},
		},
		Citations: []Citation{{Target: "a.md", Time: 10}, {Target: "b.md", Time: 60}},
	}
}

func TestATicketTakenBackKnowsNothingLater(t *testing.T) {
	for name, test := range map[string]struct {
		at   int64
		gone bool
		want func(*Ticket)
	}{
		"before it was created": {at: 9, gone: true},
		"while the first person had it": {at: 35, want: func(k *Ticket) {
			k.Acts = []Act{
				{Person: 1, Kind: Reported, Time: 10},
				{Person: 2, Kind: Assigned, Time: 20, Reference: "c1"}, // the end was not known yet
				{Person: 2, Kind: Commented, Time: 30},
			}
			k.Assignee, k.Resolver, k.Resolved, k.Resolution, k.Status, k.Updated = 2, None, 0, "", "", 35
			k.Reassigned, k.Reopened, k.Escalated, k.UsedProcedure = -1, -1, -1, Unknown
			k.Citations = k.Citations[:1]
		}},
		"after its resolution, before a late comment": {at: 55, want: func(k *Ticket) {
			k.Acts, k.Citations, k.Updated = k.Acts[:5], k.Citations[:1], 55
		}},
		"after everything": {at: 60, want: func(*Ticket) {}},
	} {
		t.Run(name, func(t *testing.T) {
			ticket := whole()
			got, existed := ticket.AsOf(test.at)
			if existed == test.gone {
				t.Fatalf("existed: %v", existed)
			}
			if test.gone {
				return
			}
			want := whole()
			test.want(&want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(whole(), ticket); diff != "" {
				t.Errorf("the ticket itself was changed:\n%s", diff)
			}
		})
	}
}

func TestAnAssignmentThatNoChangeProvesIsNotKnownWhileATicketIsOpen(t *testing.T) {
	ticket := Ticket{Created: 10, Updated: 50, Resolved: 50, Assignee: 3, Acts: []Act{{Person: 3, Kind: Assigned, Time: 10, End: 50}}}
	ticket.Reassigned = -1
	if got, _ := ticket.AsOf(20); len(got.Acts) != 0 || got.Assignee != None || !got.HolderUnknown {
		t.Errorf("got %+v: who had it on the way is not known", got)
	}
	if got, _ := ticket.AsOf(50); len(got.Acts) != 1 || got.Assignee != 3 || got.HolderUnknown {
		t.Errorf("got %+v, want the ticket as it is", got)
	}
}

func TestThatNobodyHadATicketIsKnownWhereAssignmentsAreRecorded(t *testing.T) {
	recorded := whole()
	never := Ticket{Created: 10, Updated: 50, Assignee: None} // of a change log without assignments
	untold := never
	untold.Reassigned = -1
	for name, test := range map[string]struct {
		ticket Ticket
		want   bool
	}{"before the first assignment": {recorded, false}, "never assigned": {never, false}, "no change log": {untold, true}} {
		if got, _ := test.ticket.AsOf(15); got.Assignee != None || got.HolderUnknown != test.want {
			t.Errorf("%s: unknown %v, want %v", name, got.HolderUnknown, test.want)
		}
	}
}

func TestTrackersFollowTheirTickets(t *testing.T) {
	late := whole()
	late.Tracker, late.Created = 1, 45
	e := Evidence{Identities: make([]Identity, 8), Trackers: []Tracker{{Label: "a", Tickets: 1, First: 10, Newest: 60}, {Label: "b", Tickets: 1, First: 45, Newest: 60}}, Tickets: []Ticket{whole(), late}}
	e.CutTickets(40)
	want := []Tracker{{Label: "a", Tickets: 1, First: 10, Newest: 40}, {Label: "b"}}
	if diff := cmp.Diff(want, e.Trackers); diff != "" || len(e.Tickets) != 1 {
		t.Errorf("%d tickets; trackers (-want +got)\n%s", len(e.Tickets), diff)
	}
}

// TestNothingLaterThanTheCutInfluencesAResult changes what happens after a date in two ways, and expects the same.
func TestNothingLaterThanTheCutInfluencesAResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.Int64Range(10, 70).Draw(t, "at")
		one, other := whole(), whole()
		if other.Resolved > at {
			other.Resolved, other.Resolution = at+rapid.Int64Range(1, 99).Draw(t, "resolved"), "Won't Do"
			other.Acts[4].Time, other.Acts[3].End, other.Assignee, other.Reopened = other.Resolved, other.Resolved, 7, 5
		}
		if other.Acts[3].Time > at {
			other.Acts[3].Time, other.Acts[3].Person = other.Resolved, 7
			other.Acts[1].End = other.Resolved
		}
		if other.Acts[5].Time > at {
			other.Acts[5].Time = max(other.Resolved, at) + 5
			other.Updated = other.Acts[5].Time
		}
		a, _ := one.AsOf(at)
		b, _ := other.AsOf(at)
		if diff := cmp.Diff(a, b); diff != "" {
			t.Fatalf("at %d:\n%s", at, diff)
		}
	})
}

func TestWhoIsOnlyOnLaterTicketsIsNotThereYet(t *testing.T) {
	e := Evidence{
		Identities: []Identity{{Name: "Author", Address: "a@example.org"}, {Name: "Late", Account: "ops/late"}, {Name: "Early", Account: "ops/early"}},
		Trackers:   []Tracker{{Label: "ops"}},
		Tickets: []Ticket{
			{Key: "OPS-1", Created: 10, Reporter: 2, Assignee: None, Resolver: None, Acts: []Act{{Person: 2, Kind: Reported, Time: 10}}},
			{Key: "OPS-2", Created: 50, Reporter: 1, Assignee: 1, Resolver: None},
		},
	}
	e.CutTickets(20)
	want := []Identity{{Name: "Author", Address: "a@example.org"}, {Name: "Early", Account: "ops/early"}}
	if diff := cmp.Diff(want, e.Identities); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if ticket := e.Tickets[0]; ticket.Reporter != 1 || ticket.Acts[0].Person != 1 || ticket.Assignee != None {
		t.Errorf("the ticket names the wrong people: %+v", ticket)
	}
}
