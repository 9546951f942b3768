package analyzer

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

func TestPublishedPeopleAreListedByTheirNames(t *testing.T) {
	t.Parallel()
	l := newLog().
		commit("Ann <ann@x>", "A 1", "A 2").
		commit("ann.other <ann@y>", "A 3", "A 4").
		tree("1", "2", "3", "4")
	people := &sources.People{
		Persons:    []sources.Person{{ID: "ann@x", Name: "Ann Other", Identities: []uint32{0, 1}}},
		ByIdentity: []uint32{0, 0},
	}
	l.evidence.Repositories = []sources.Repository{{Label: "demo"}}
	systems := &sources.SystemMap{ByThing: make([][]uint32, len(l.evidence.Things))}
	options := DefaultOptions(date("2024-06-30"))
	options.Method = MethodAvelino
	a, err := Assess(&l.evidence, people, systems, options)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, developer := range a.TruckFactor.Developers {
		if developer.Files != 2 || developer.Share != 0.5 {
			t.Errorf("got %+v, want half of the four files", developer)
		}
		names = append(names, a.People[developer.Person].Name)
	}
	if diff := cmp.Diff([]string{"Ann", "ann.other"}, names); diff != "" {
		t.Errorf("the tool knows two people, whom Keyperson joins (-want +got):\n%s", diff)
	}
	one := sources.Identity{Name: "Ann", Address: "ann@x"}
	people.Mapped = []sources.Identity{one, one}
	if a, err = Assess(&l.evidence, people, systems, options); err != nil || a.TruckFactor.Value != 1 {
		t.Errorf("with a mailmap that makes them one: got %+v (%v), want one person", a.TruckFactor, err)
	}
}
