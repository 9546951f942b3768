package demo

import (
	"errors"
	"fmt"
	"time"
)

// Options are the size and the unrest of the organisation. The zero value of a size takes the default, which depends
// on the number of services.
type Options struct {
	Seed uint64
	// Noise scales everything that goes wrong in a real tracker: wrong assignees, missing components, duplicates,
	// bursts, other people stepping in. 0 is a tidy world, 1 an ordinary one, at most 3.
	Noise    float64
	Services int // 1 to 1,000; default 12
	People   int // 14 for every dozen services begun, to 5,000; default the fewest
	Commits  int // about so many, to 1,000,000; default 250 a service
	Tickets  int // about so many, to 1,000,000; default 240 a service
	Quarters int // 8 to 40, the last of them the second of 2026; default 8
}

// The limits of the sizes.
const (
	servicesPerCell = 12 // services that one set of stories is planted in
	peoplePerCell   = 14
	plantedQuarters = 8 // what is planted happens in the last so many

	mostServices = 1000
	mostPeople   = 5000
	mostCommits  = 1_000_000
	mostTickets  = 1_000_000
	mostQuarters = 40
	mostNoise    = 3.0
)

// ErrSize says that an option is out of its range.
var ErrSize = errors.New("no such organisation can be made up")

// complete fills in the defaults, or says which size is out of range.
func (o Options) complete() (Options, error) {
	if o.Services == 0 {
		o.Services = servicesPerCell
	}
	if err := within("services", o.Services, 1, mostServices); err != nil {
		return o, err
	}
	fewest := o.cells() * peoplePerCell
	for _, size := range []struct {
		value    *int
		standard int
	}{{&o.People, fewest}, {&o.Commits, 250 * o.Services}, {&o.Tickets, 240 * o.Services}, {&o.Quarters, plantedQuarters}} {
		if *size.value == 0 {
			*size.value = size.standard
		}
	}
	if o.People < fewest {
		return o, fmt.Errorf("%w: %d people cannot look after %d services here: give at least %d, 14 for every dozen services begun", ErrSize, o.People, o.Services, fewest)
	}
	if !(o.Noise >= 0 && o.Noise <= mostNoise) {
		return o, fmt.Errorf("%w: noise must be a number from 0 to %g, not %g", ErrSize, mostNoise, o.Noise)
	}
	for _, err := range []error{
		within("people", o.People, fewest, mostPeople),
		within("commits", o.Commits, 1, mostCommits),
		within("tickets", o.Tickets, 1, mostTickets),
		within("quarters", o.Quarters, plantedQuarters, mostQuarters),
	} {
		if err != nil {
			return o, err
		}
	}
	return o, nil
}

func within(what string, value, low, high int) error {
	if value < low || value > high {
		return fmt.Errorf("%w: %s must be from %d to %d, not %d", ErrSize, what, low, high, value)
	}
	return nil
}

func (o Options) cells() int { return (o.Services + servicesPerCell - 1) / servicesPerCell }

// lastDay is when the organisation's records end: every world ends on the same day, so that dates in a text about it
// stay right.
var lastDay = time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)

// start is the first day of the first quarter.
func (o Options) start() time.Time { return lastDay.AddDate(0, 0, 1).AddDate(0, -3*o.Quarters, 0) }

// quarterStart is the first day of a planted quarter, 0 to 8; 8 is the day after the last.
func quarterStart(quarter int) time.Time {
	return lastDay.AddDate(0, 0, 1).AddDate(0, 3*(quarter-plantedQuarters), 0)
}

// quarterName is how a planted quarter is called: "2025Q3".
func quarterName(quarter int) string {
	day := quarterStart(quarter)
	return fmt.Sprintf("%dQ%d", day.Year(), (int(day.Month())+2)/3)
}
