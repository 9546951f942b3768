package analyzer

import (
	"testing"
	"time"

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
	r := newRoster(people, []int64{0}, []bool{true}, []bool{false})
	factor := truckFactor(&l.evidence, r, Options{Method: MethodAvelino})
	want := []TruckFactorDeveloper{{Person: 0, Files: 2, Share: 0.5}, {Person: 1, Files: 2, Share: 0.5}}
	if diff := cmp.Diff(want, factor.Developers); diff != "" {
		t.Errorf("developers (-want +got):\n%s", diff)
	}
	wantPeople := []Person{
		{ID: "ann@x", Name: "Ann Other", Active: true, LastSeen: time.Unix(0, 0).UTC()},
		{ID: "ann@x", Name: "ann.other", Active: true, LastSeen: time.Unix(0, 0).UTC()},
	}
	if diff := cmp.Diff(wantPeople, r.listed); diff != "" {
		t.Errorf("people (-want +got):\n%s", diff)
	}
	mapped := truckFactor(&l.evidence, r, Options{
		Method: MethodAvelino, Mailmap: func(uint32) sources.Identity { return sources.Identity{Name: "Ann", Address: "ann@x"} },
	})
	if mapped.Value != 1 {
		t.Errorf("with a mailmap that makes them one: got %+v, want one person", mapped)
	}
}
