package identity

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

func TestAnEarlierEvidenceTakesOverWhoIsWhoFromALaterOne(t *testing.T) {
	ann, annAtHome := sources.Identity{Name: "Ann Lee", Address: "ann@work.example"}, sources.Identity{Name: "annlee", Address: "a@home.example"}
	bo, gone := sources.Identity{Name: "Bo Ek", Address: "bo@work.example"}, sources.Identity{Name: "Cy", Address: "cy@work.example"}
	earlier := &sources.Evidence{Identities: []sources.Identity{ann, annAtHome, gone}}
	resolved := &sources.People{
		Persons: []sources.Person{
			{ID: "ann@work.example", Name: "Ann Lee", Identities: []uint32{0}},
			{ID: "a@home.example", Name: "annlee", Identities: []uint32{1}},
			{ID: "cy@work.example", Name: "Cy", Identities: []uint32{2}},
		},
		ByIdentity: []uint32{0, 1, 2}, Mapped: earlier.Identities,
	}
	later := &sources.Evidence{Identities: []sources.Identity{bo, annAtHome, ann}}
	people := &sources.People{
		Persons: []sources.Person{
			{ID: "a@home.example", Name: "Ann Lee", Identities: []uint32{1, 2}},
			{ID: "bo@work.example", Name: "Bo Ek", Identities: []uint32{0}},
		},
		ByIdentity: []uint32{1, 0, 0}, Merges: []sources.Merge{{Person: 0, A: 1, B: 2, Reason: "same name"}},
	}
	got, strangers := Project(earlier, resolved, later, people)
	want := &sources.People{
		Persons: []sources.Person{
			{ID: "a@home.example", Name: "Ann Lee", Identities: []uint32{0, 1}},
			{ID: "cy@work.example", Name: "Cy", Identities: []uint32{2}},
		},
		ByIdentity: []uint32{0, 0, 1}, Mapped: earlier.Identities, Merges: []sources.Merge{{Person: 0, A: 0, B: 1, Reason: "same name"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("people (-want +got):\n%s", diff)
	}
	if strangers != 1 {
		t.Errorf("strangers: got %d, want 1", strangers)
	}
}

// Ann's two names were joined by a third that was not there yet: a report as of the earlier date says one join.
func TestJoinsByNamesSeenLaterCountBeforeThoseWereSeen(t *testing.T) {
	first, second, between := sources.Identity{Name: "Ann Lee", Address: "ann@work.example"}, sources.Identity{Name: "annlee", Address: "a@home.example"}, sources.Identity{Name: "Ann Lee", Address: "a@home.example"}
	earlier := &sources.Evidence{Identities: []sources.Identity{first, second}}
	resolved := &sources.People{Persons: []sources.Person{{ID: "ann", Identities: []uint32{0}}, {ID: "a", Identities: []uint32{1}}}, ByIdentity: []uint32{0, 1}}
	later := &sources.Evidence{Identities: []sources.Identity{first, second, between}}
	people := &sources.People{
		Persons: []sources.Person{{ID: "ann", Identities: []uint32{0, 1, 2}}}, ByIdentity: []uint32{0, 0, 0},
		Merges: []sources.Merge{{Person: 0, A: 0, B: 2, Reason: "same name"}, {Person: 0, A: 1, B: 2, Reason: "same address"}},
	}
	got, _ := Project(earlier, resolved, later, people)
	want := []sources.Merge{{Person: 0, A: 0, B: 1, Reason: "joined by names seen later"}}
	if diff := cmp.Diff(want, got.Merges); diff != "" {
		t.Errorf("merges (-want +got):\n%s", diff)
	}
}
