package jira

import (
	"context"
	"errors"
	"math/rand"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

func noSleep(context.Context, time.Duration) error { return nil }

// deployments runs a test against both kinds of server.
func deployments(t *testing.T, test func(t *testing.T, f *fakeJira)) {
	t.Helper()
	for name, isCloud := range map[string]bool{Cloud: true, DataCenter: false} {
		t.Run(name, func(t *testing.T) { test(t, newFakeJira(t, isCloud)) })
	}
}

// told is a ticket with its people by account, so that tickets of different readings compare.
type told struct {
	Ticket sources.Ticket
	People []string
}

func tellAll(history *sources.TicketHistory) map[string]told {
	all := map[string]told{}
	who := func(person uint32) string {
		if person == sources.None {
			return "nobody"
		}
		identity := history.Identities[person]
		// Without the login: a batch that meets someone in change logs only does not know it.
		return identity.Account + " " + identity.Name
	}
	for _, ticket := range history.Tickets {
		people := []string{who(ticket.Reporter), who(ticket.Assignee), who(ticket.Resolver)}
		ticket.Acts = append([]sources.Act(nil), ticket.Acts...)
		for i := range ticket.Acts {
			people = append(people, who(ticket.Acts[i].Person))
			ticket.Acts[i].Person = 0
		}
		ticket.Citations = append([]sources.Citation(nil), ticket.Citations...)
		for i := range ticket.Citations {
			people = append(people, who(ticket.Citations[i].Person))
			ticket.Citations[i].Person = 0
		}
		ticket.Reporter, ticket.Assignee, ticket.Resolver, ticket.URL = 0, 0, 0, ""
		all[ticket.Key] = told{ticket, people}
	}
	return all
}

// collection is what a store would hold: later batches replace what earlier ones said of a ticket.
type collection struct {
	t       *testing.T
	tickets map[string]told
	cursor  string
	batches int
	written int
}

func newCollection(t *testing.T) *collection { return &collection{t: t, tickets: map[string]told{}} }

func (c *collection) save(batch *sources.TicketHistory) error {
	c.batches++
	c.cursor = batch.Cursor
	for key, ticket := range tellAll(batch) {
		if before, known := c.tickets[key]; known && cmp.Equal(before, ticket) {
			c.t.Errorf("batch %d brings %s again, unchanged", c.batches, key)
		}
		c.tickets[key] = ticket
		c.written++
	}
	return nil
}

// mustEqual compares with what an export of everything says, read by the other reader.
func (c *collection) mustEqual(f *fakeJira) {
	c.t.Helper()
	whole, err := Read(context.Background(), "ops", "export", strings.NewReader(f.export(c.t)), FileOptions{})
	if err != nil {
		c.t.Fatal(err)
	}
	if diff := cmp.Diff(tellAll(whole), c.tickets); diff != "" {
		c.t.Errorf("tickets differ from the export (-export +live):\n%s", diff)
	}
}

func TestALiveReadingEqualsAnExportOfEverything(t *testing.T) {
	deployments(t, func(t *testing.T, f *fakeJira) {
		for i := range 23 {
			f.open(i+1, i%8)
		}
		got := newCollection(t)
		if err := Fetch(context.Background(), f.connection(t), "", got.save); err != nil {
			t.Fatal(err)
		}
		got.mustEqual(f)
		if got.batches < 5 {
			t.Errorf("%d batches, want a batch a page", got.batches)
		}
	})
}

func TestNothingIsLostOrDoubleWhateverHappensOnTheWay(t *testing.T) {
	isSearch := func(r *http.Request) bool { return strings.Contains(r.URL.Path, "/search") }
	cut := func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", "100000")
		_, _ = w.Write([]byte(`{"issues":[{"key":"OPS-1","fields":`))
		panic(http.ErrAbortHandler)
	}
	status := func(code int) func(f *fakeJira, n int, w http.ResponseWriter, r *http.Request) bool {
		return func(_ *fakeJira, n int, w http.ResponseWriter, _ *http.Request) bool {
			if n%3 == 0 {
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(code)
			}
			return n%3 == 0
		}
	}
	for name, disturb := range map[string]func(f *fakeJira, n int, w http.ResponseWriter, r *http.Request) bool{
		"429 now and then": status(http.StatusTooManyRequests),
		"503 now and then": status(http.StatusServiceUnavailable),
		"500 now and then": status(http.StatusInternalServerError),
		"connections cut in the middle of a page": func(_ *fakeJira, n int, w http.ResponseWriter, r *http.Request) bool {
			if isSearch(r) && n%2 == 0 {
				cut(w)
			}
			return false
		},
		"a page given twice": func(f *fakeJira, _ int, w http.ResponseWriter, r *http.Request) bool {
			if !isSearch(r) || f.searches != 3 {
				return false
			}
			f.searches++
			values := r.URL.Query()
			if f.isCloud { // the first page again, with a token that goes on where it should
				token := values.Get("nextPageToken")
				values.Del("nextPageToken")
				first, _ := f.matching(w, r)
				answer(w, map[string]any{"issues": []any{f.render(first[0], false), f.render(first[1], false)}, "nextPageToken": token})
				return true
			}
			values.Set("startAt", "0")
			r.URL.RawQuery = values.Encode()
			f.searchByOffset(w, r)
			return true
		},
		"an issue of an earlier page changes": func(f *fakeJira, _ int, _ http.ResponseWriter, r *http.Request) bool {
			if isSearch(r) && f.searches >= 1 && f.searches <= 4 {
				f.work(f.sorted()[f.searches-1])
			}
			return false
		},
		"an issue of a later page changes": func(f *fakeJira, _ int, _ http.ResponseWriter, r *http.Request) bool {
			if isSearch(r) && f.searches == 2 {
				f.work(f.sorted()[15])
			}
			return false
		},
		"many change between two pages": func(f *fakeJira, _ int, _ http.ResponseWriter, r *http.Request) bool {
			if isSearch(r) && f.searches == 3 {
				for _, issue := range f.sorted()[:12] {
					f.work(issue)
				}
			}
			return false
		},
		"an issue is opened meanwhile": func(f *fakeJira, _ int, _ http.ResponseWriter, r *http.Request) bool {
			if isSearch(r) && f.searches == 2 && len(f.issues) < 24 {
				f.open(900, 3)
			}
			return false
		},
	} {
		t.Run(name, func(t *testing.T) {
			deployments(t, func(t *testing.T, f *fakeJira) {
				for i := range 23 {
					f.open(i+1, i%4)
				}
				f.disturb = func(n int, w http.ResponseWriter, r *http.Request) bool { return disturb(f, n, w, r) }
				got := newCollection(t)
				if err := Fetch(context.Background(), f.connection(t), "", got.save); err != nil {
					t.Fatal(err)
				}
				f.disturb = nil
				got.mustEqual(f)
			})
		})
	}
}

func TestRandomChangesWhileReadingLoseNothing(t *testing.T) {
	deployments(t, func(t *testing.T, f *fakeJira) {
		for seed := range int64(15) {
			random := rand.New(rand.NewSource(seed))
			f.issues = map[string]*fakeIssue{}
			for i := range 20 + random.Intn(30) {
				f.open(i+1, random.Intn(3))
			}
			changes := 40
			f.disturb = func(_ int, _ http.ResponseWriter, _ *http.Request) bool {
				for changes > 0 && random.Intn(3) == 0 {
					changes--
					f.work(f.sorted()[random.Intn(len(f.issues))])
				}
				return false
			}
			got := newCollection(t)
			if err := Fetch(context.Background(), f.connection(t), "", got.save); err != nil {
				t.Fatal(err)
			}
			f.disturb = nil
			// What changed after its page was read and before the end is met at the end, or by the next reading.
			if err := Fetch(context.Background(), f.connection(t), got.cursor, got.save); err != nil {
				t.Fatal(err)
			}
			got.mustEqual(f)
		}
	})
}

func TestAReadingThatWasStoppedGoesOnBehindItsLastBatch(t *testing.T) {
	stopped := errors.New("stopped")
	deployments(t, func(t *testing.T, f *fakeJira) {
		for i := range 40 {
			f.open(i+1, 2)
			f.tick(time.Hour)
		}
		for stopAfter := range 8 {
			got := newCollection(t)
			err := Fetch(context.Background(), f.connection(t), "", func(batch *sources.TicketHistory) error {
				if got.batches == stopAfter {
					return stopped // before anything of it is kept
				}
				return got.save(batch)
			})
			if !errors.Is(err, stopped) {
				t.Fatalf("got %v, want the error of save", err)
			}
			before := got.written
			if err := Fetch(context.Background(), f.connection(t), got.cursor, got.save); err != nil {
				t.Fatal(err)
			}
			got.mustEqual(f)
			if got.written != 40 {
				t.Errorf("stopped after %d batches and %d tickets: %d tickets were read in all, want 40", stopAfter, before, got.written)
			}
		}
	})
}

func TestASecondReadingAsksOnlyForWhatIsNew(t *testing.T) {
	for _, zone := range []string{"UTC", "America/St_Johns", "Asia/Tokyo"} {
		t.Run(zone, func(t *testing.T) {
			deployments(t, func(t *testing.T, f *fakeJira) {
				location, err := time.LoadLocation(zone)
				if err != nil {
					t.Skip(err)
				}
				f.zone = location
				for i := range 30 {
					f.open(i+1, 1)
				}
				got := newCollection(t)
				fetch := func() {
					t.Helper()
					if err := Fetch(context.Background(), f.connection(t), got.cursor, got.save); err != nil {
						t.Fatal(err)
					}
				}
				fetch()
				got.batches, f.requests, f.searches = 0, nil, 0
				fetch()
				if got.batches != 0 || f.searches > 3 {
					t.Errorf("nothing changed: %d batches from %d searches, want none from few", got.batches, f.searches)
				}
				f.work(f.issues["OPS-3"])
				// The clock of another node runs behind: this change comes later and bears an earlier date.
				late := f.open(99, 0)
				late.updated = late.updated.Add(-5 * time.Minute)
				late.created = late.updated
				got.written = 0
				fetch()
				if got.written != 2 {
					t.Errorf("%d tickets came, want the changed and the late one", got.written)
				}
				got.mustEqual(f)
			})
		})
	}
}

func TestTheKeysOfAllIssuesAreListedWithoutTheirContent(t *testing.T) {
	deployments(t, func(t *testing.T, f *fakeJira) {
		var want []string
		for number := range 230 { // on three pages
			want = append(want, f.open(100+number, 0).key)
		}
		got, err := Keys(context.Background(), f.connection(t))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v; keys (-want +got):\n%s", err, diff)
		}
		for _, request := range f.requests {
			if strings.Contains(request, "/issue/") || strings.Contains(request, "/changelog/") {
				t.Errorf("asked for %s", request)
			}
		}
	})
}

func TestATicketThatMovedWhileItWasReadCountsUnderItsNewKey(t *testing.T) {
	moved := func(key, updated string) string {
		return `{"id": "10007", "key": "` + key + `", "fields": {"created": "2024-01-02T09:00:00.000+0000", "updated": "` + updated + `"}}`
	}
	old, new, other := moved("OPS-7", "2024-01-03T09:00:00.000+0000"), moved("NET-2", "2024-02-03T09:00:00.000+0000"),
		`{"id": "10007", "key": "DESK-1", "fields": {"created": "2022-01-02T09:00:00.000+0000"}}` // of another server
	for name, lines := range map[string][]string{"in their order": {old, new, other}, "the newest first": {new, other, old, new}} {
		history, err := readText(t, strings.Join(lines, "\n"), FileOptions{})
		if diff := cmp.Diff([]string{"DESK-1", "NET-2"}, keysOf(history)); diff != "" || err != nil {
			t.Errorf("%s: %v; keys (-want +got):\n%s", name, err, diff)
		}
	}
}
