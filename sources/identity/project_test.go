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
		ByIdentity: []uint32{1, 0, 0},
	}
	got, strangers := Project(earlier, resolved, later, people)
	want := &sources.People{
		Persons: []sources.Person{
			{ID: "a@home.example", Name: "Ann Lee", Identities: []uint32{0, 1}},
			{ID: "cy@work.example", Name: "Cy", Identities: []uint32{2}},
		},
		ByIdentity: []uint32{0, 0, 1}, Mapped: earlier.Identities,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("people (-want +got):\n%s", diff)
	}
	if strangers != 1 {
		t.Errorf("strangers: got %d, want 1", strangers)
	}
}
