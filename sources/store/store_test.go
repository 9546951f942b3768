package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/sources"
)

var ctx = context.Background()

func storePath(t *testing.T) string { return filepath.Join(t.TempDir(), "data", "test.store") }

func importInto(t *testing.T, path string) *Store {
	t.Helper()
	s, err := OpenToImport(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func sourceOf(t *testing.T, s *Store, label string) *Source {
	t.Helper()
	source, err := s.MakeSource(ctx, label, "definition", "https://jira.example.org")
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func load(t *testing.T, s *Store, label string) *sources.TicketHistory {
	t.Helper()
	source, err := s.Source(ctx, label, "definition")
	if err != nil {
		t.Fatal(err)
	}
	history, err := source.Load(ctx, label)
	if err != nil {
		t.Fatal(err)
	}
	return history
}

// person and ticket make histories short to write: every ticket was reported and is had by one person.
func person(name string) sources.Identity {
	return sources.Identity{Name: name, Account: "ops/" + strings.ToLower(name)}
}

func ticket(key string, updated int64, who uint32, summary string) sources.Ticket {
	return sources.Ticket{
		Key: key, Summary: summary, Created: 10, Updated: updated, Reporter: who, Assignee: who, Resolver: sources.None,
		Acts: []sources.Act{{Person: who, Kind: sources.Reported, Time: 10}},
	}
}

func TestWhatIsSavedComesBackInNaturalOrder(t *testing.T) {
	s := importInto(t, storePath(t))
	source := sourceOf(t, s, "ops")
	batch := &sources.TicketHistory{
		Identities: []sources.Identity{person("Ada"), person("Bo"), person("Unnamed")},
		Tickets:    []sources.Ticket{ticket("OPS-10", 20, 0, "ten"), ticket("OPS-9", 30, 1, "nine")},
		Cursor:     "c1",
		Findings:   []sources.Finding{{Code: "truncated-tickets", Count: 1}},
	}
	saved, err := source.Append(ctx, batch)
	if err != nil || saved != (Saved{Read: 2, New: 2}) {
		t.Fatalf("saved %+v, %v", saved, err)
	}
	want := &sources.TicketHistory{
		Tracker:    sources.Tracker{Label: "ops", Origin: "https://jira.example.org", Tickets: 2, First: 10, Newest: 30},
		Identities: []sources.Identity{person("Bo"), person("Ada")}, // in the order of their naming
		Tickets:    []sources.Ticket{ticket("OPS-9", 30, 0, "nine"), ticket("OPS-10", 20, 1, "ten")},
		Cursor:     "c1", Findings: batch.Findings,
	}
	if diff := cmp.Diff(want, load(t, s, "ops")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestOnlyWhatChangedIsAddedAndTheNewestVersionCounts(t *testing.T) {
	s := importInto(t, storePath(t))
	source := sourceOf(t, s, "ops")
	save := func(updated int64, summary string) Saved {
		t.Helper()
		saved, err := source.Append(ctx, &sources.TicketHistory{
			Identities: []sources.Identity{person("Ada")}, Tickets: []sources.Ticket{ticket("OPS-1", updated, 0, summary)},
		})
		if err != nil {
			t.Fatal(err)
		}
		return saved
	}
	for _, step := range []struct {
		name    string
		updated int64
		summary string
		want    Saved
		then    string
	}{
		{"first", 20, "one", Saved{Read: 1, New: 1}, "one"},
		{"the same again, as an overlap brings it", 20, "one", Saved{Read: 1}, "one"},
		{"newer", 30, "two", Saved{Read: 1, Changed: 1}, "two"},
		{"older, from a slow replica", 25, "old", Saved{Read: 1}, "two"},
	} {
		if got := save(step.updated, step.summary); got != step.want {
			t.Errorf("%s: saved %+v, want %+v", step.name, got, step.want)
		}
		if got := load(t, s, "ops").Tickets[0].Summary; got != step.then {
			t.Errorf("%s: the ticket is %q, want %q", step.name, got, step.then)
		}
	}
	var versions int
	if err := s.db.QueryRow("SELECT count(*) FROM version").Scan(&versions); err != nil || versions != 2 {
		t.Errorf("%d rows, %v; want both versions kept", versions, err)
	}
}

func TestATicketThatMovedCountsOnceUnderItsNewKey(t *testing.T) {
	s := importInto(t, storePath(t))
	source := sourceOf(t, s, "ops")
	keep := func(tickets ...sources.Ticket) Saved {
		t.Helper()
		saved, err := source.Append(ctx, &sources.TicketHistory{Identities: []sources.Identity{person("Ann")}, Tickets: tickets})
		if err != nil {
			t.Fatal(err)
		}
		return saved
	}
	with := func(id, key string, updated int64) sources.Ticket {
		k := ticket(key, updated, 0, "one")
		k.ID = id
		return k
	}
	keep(ticket("OPS-1", 20, 0, "one"), with("", "OPS-2", 20)) // from before IDs were kept
	if saved := keep(with("7", "OPS-1", 20)); saved != (Saved{Read: 1}) {
		t.Errorf("an ID alone is no change, got %+v", saved)
	}
	if saved := keep(with("7", "NET-3", 30)); saved != (Saved{Read: 1, Changed: 1}) {
		t.Errorf("a move: got %+v, want one change", saved)
	}
	keep(with("7", "OPS-1", 20)) // an old page that comes late
	stranger := with("7", "DESK-1", 40)
	stranger.Created = 11
	keep(stranger)
	if diff := cmp.Diff([]string{"DESK-1 7", "NET-3 7", "OPS-2 "}, keysAndIDs(load(t, s, "ops"))); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	gone, err := source.KeepOnly(ctx, []string{"NET-3", "NET-4"})
	if diff := cmp.Diff([]string{"NET-3 7"}, keysAndIDs(load(t, s, "ops"))); gone != 2 || err != nil || diff != "" {
		t.Errorf("%d gone, %v; left (-want +got):\n%s", gone, err, diff)
	}
}

func keysAndIDs(history *sources.TicketHistory) []string {
	var list []string
	for i := range history.Tickets {
		list = append(list, history.Tickets[i].Key+" "+history.Tickets[i].ID)
	}
	return list
}

func TestAStoreOfTheFirstVersionIsReadAndUpgraded(t *testing.T) {
	path := storePath(t)
	s := importInto(t, path)
	if _, err := sourceOf(t, s, "ops").Append(ctx, batch(1)); err != nil {
		t.Fatal(err)
	}
	want := load(t, s, "ops")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"DROP INDEX version_of_issue", "ALTER TABLE version DROP COLUMN issue", "PRAGMA user_version = 1"} {
		execute(t, path, statement)
	}
	old, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, load(t, old, "ops")); diff != "" {
		t.Errorf("as it was (-want +got):\n%s", diff)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	upgraded := importInto(t, path)
	if diff := cmp.Diff(want, load(t, upgraded, "ops")); diff != "" {
		t.Errorf("upgraded (-want +got):\n%s", diff)
	}
	moved := batch(1)
	for i := range moved.Tickets {
		moved.Tickets[i].ID = moved.Tickets[i].Key
	}
	if saved, err := sourceOf(t, upgraded, "ops").Append(ctx, moved); err != nil || saved.New+saved.Changed > 0 {
		t.Errorf("IDs of what is known: %+v, %v", saved, err)
	}
	if got := load(t, upgraded, "ops").Tickets[0]; got.ID != got.Key {
		t.Errorf("the ID of %s is %q", got.Key, got.ID)
	}
}

func TestAnExportReplacesTheOneBeforeAndAPartOfOneDoesNot(t *testing.T) {
	s := importInto(t, storePath(t))
	source := sourceOf(t, s, "ops")
	replace := func(files []File, keys ...string) Saved {
		t.Helper()
		history := &sources.TicketHistory{Identities: []sources.Identity{person("Ada")}}
		for _, key := range keys {
			history.Tickets = append(history.Tickets, ticket(key, 20, 0, key))
		}
		saved, err := source.Replace(ctx, history, files)
		if err != nil {
			t.Fatal(err)
		}
		return saved
	}
	expect := func(keys ...string) {
		t.Helper()
		var got []string
		for _, ticket := range load(t, s, "ops").Tickets {
			got = append(got, ticket.Key)
		}
		if diff := cmp.Diff(keys, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	file := []File{{Path: "/a", Size: 1}}
	replace(file, "A-1", "A-2")
	expect("A-1", "A-2")
	if got, want := replace(file, "A-2", "A-3"), (Saved{Read: 2, New: 1, Gone: 1}); got != want {
		t.Errorf("saved %+v, want %+v", got, want)
	}
	expect("A-2", "A-3")
	replace(nil, "A-1") // the rest could not be read
	expect("A-1", "A-2", "A-3")
	if again := sourceOf(t, s, "ops"); len(again.Files) != 0 || !again.Completed {
		t.Errorf("%d files remembered, completed %v: the next import must read them again", len(again.Files), again.Completed)
	}
	replace(file, "A-1")
	expect("A-1")
}

func TestEveryTicketSurvivesBytesAndAll(t *testing.T) {
	raw := rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "bytes")) })
	lists := rapid.Custom(func(t *rapid.T) []string {
		if list := rapid.SliceOfN(raw, 0, 3).Draw(t, "list"); len(list) > 0 {
			return list
		}
		return nil
	})
	const people = 5
	who := rapid.OneOf(rapid.Uint32Range(0, people-1), rapid.Just(sources.None))
	rapid.Check(t, func(t *rapid.T) {
		// rapid.Make sets every field there is, so that one added later is missed here.
		want := rapid.MakeCustom[sources.Ticket](rapid.MakeConfig{}).Draw(t, "ticket")
		for _, text := range textsOf(&want) {
			*text = raw.Draw(t, "text")
		}
		want.Components, want.Labels = lists.Draw(t, "components"), lists.Draw(t, "labels")
		want.FormerKeys = lists.Draw(t, "former keys")
		want.Tracker, want.Runbooks = 0, nil // of one run, not of the ticket
		want.UsedProcedure %= 3
		want.HolderUnknown = false // runs find it out for their date
		want.ID = ""               // stands beside the body
		want.Reporter, want.Assignee, want.Resolver = who.Draw(t, "r"), who.Draw(t, "a"), who.Draw(t, "s")
		for i := range want.Acts {
			want.Acts[i].Person = who.Draw(t, "act")
		}
		for i := range want.Citations {
			want.Citations[i].Person = who.Draw(t, "citation")
		}
		content, err := unpack(pack(appendTicket(nil, &want)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := readTicket(content, people)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmp.Transformer("emptyIsNil", func(s []sources.Act) []sources.Act {
			if len(s) == 0 {
				return nil
			}
			return s
		}), cmp.Transformer("noCitations", func(s []sources.Citation) []sources.Citation {
			if len(s) == 0 {
				return nil
			}
			return s
		}), cmp.Transformer("noSteps", func(s []uint64) []uint64 {
			if len(s) == 0 {
				return nil
			}
			return s
		})); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
	})
}

func FuzzReadTicket(f *testing.F) {
	seed := ticket("OPS-1", 20, 0, "one")
	f.Add(pack(appendTicket(nil, &seed)))
	f.Fuzz(func(t *testing.T, body []byte) {
		content, err := unpack(body)
		if err != nil {
			return
		}
		got, err := readTicket(content, 3)
		if err != nil {
			return
		}
		again, err := readTicket(appendTicket(nil, &got), 3)
		if diff := cmp.Diff(got, again); err != nil || diff != "" {
			t.Fatalf("%v\n%s", err, diff)
		}
	})
}

func TestAStoreIsItsOwnersAlone(t *testing.T) {
	path := storePath(t)
	source := sourceOf(t, importInto(t, path), "ops")
	if _, err := source.Append(ctx, &sources.TicketHistory{}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{path: 0o600, path + ".lock": 0o600, filepath.Dir(path): 0o700 | fs.ModeDir} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
}

func TestASecondImportWaitsAndThenSaysWhy(t *testing.T) {
	path := storePath(t)
	first := importInto(t, path)
	if _, err := OpenToImport(ctx, path); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), path) {
		t.Fatalf("got %v, want %v", err, ErrBusy)
	}
	if _, err := Open(ctx, path); err != nil {
		t.Errorf("reading while another run imports: %v", err)
	}
	sourceOf(t, first, "ops") // is unharmed
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	importInto(t, path)
}

func TestWhatWasFetchedWaitsForRunsThatReadAndThenSaysSo(t *testing.T) {
	path := storePath(t)
	importing := importInto(t, path)
	source := sourceOf(t, importing, "ops")
	execute := func(s *Store, statement string) {
		t.Helper()
		if _, err := s.db.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	execute(importing, "PRAGMA busy_timeout = 10") // milliseconds, where a run waits for seconds
	reading, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	execute(reading, "BEGIN")
	execute(reading, "SELECT count(*) FROM version")
	importing.insists = 50 * time.Millisecond
	if _, err := source.Append(ctx, batch(1)); !errors.Is(err, ErrHeld) || errors.Is(err, ErrBusy) {
		t.Errorf("got %v, want %v", err, ErrHeld)
	}
	importing.insists = time.Minute
	time.AfterFunc(100*time.Millisecond, func() { _, _ = reading.db.ExecContext(ctx, "COMMIT") })
	if _, err := source.Append(ctx, batch(1)); err != nil {
		t.Errorf("after the other run had read: %v", err)
	}
	if got := len(load(t, importing, "ops").Tickets); got != 40 {
		t.Errorf("%d tickets kept, want the 40 of the batch", got)
	}
}

func TestWhatIsNoStoreIsRefusedAndLeftAlone(t *testing.T) {
	made := func(t *testing.T) string {
		path := storePath(t)
		s := importInto(t, path)
		source := sourceOf(t, s, "ops")
		history := &sources.TicketHistory{Identities: []sources.Identity{person("Ada")}}
		for i := range 2000 {
			history.Tickets = append(history.Tickets, ticket(fmt.Sprintf("OPS-%d", i), 20, 0, strings.Repeat("text", 20)))
		}
		if _, err := source.Replace(ctx, history, []File{{Path: "/a"}}); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, test := range map[string]struct {
		spoil func(t *testing.T, path string)
		want  error
	}{
		"another file": {func(t *testing.T, path string) { write(t, path, []byte(strings.Repeat("no database ", 100))) }, ErrForeign},
		"another program's database": {func(t *testing.T, path string) {
			write(t, path, nil)
			execute(t, path, "CREATE TABLE x (y)")
		}, ErrForeign},
		"a newer layout":     {func(t *testing.T, path string) { execute(t, path, "PRAGMA user_version = 3") }, ErrNewer},
		"a newer row":        {func(t *testing.T, path string) { execute(t, path, "UPDATE version SET body = x'02ff' WHERE id = 7") }, ErrNewer},
		"a damaged row":      {func(t *testing.T, path string) { execute(t, path, "UPDATE version SET body = x'010003' WHERE id = 7") }, ErrDamaged},
		"a missing identity": {func(t *testing.T, path string) { execute(t, path, "DELETE FROM identity") }, ErrDamaged},
		"overwritten pages": {func(t *testing.T, path string) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for i := 4096 * 4; i < len(data); i++ {
				data[i] = 0xa5
			}
			write(t, path, data)
		}, ErrDamaged},
		"a file cut short": {func(t *testing.T, path string) {
			if err := os.Truncate(path, 4096*5); err != nil {
				t.Fatal(err)
			}
		}, ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			path := made(t)
			test.spoil(t, path)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := readAll(path); !errors.Is(err, test.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("got %v, want %v about %s", err, test.want, path)
			}
			if after, err := os.ReadFile(path); err != nil || string(before) != string(after) {
				t.Errorf("the file was changed (%v)", err)
			}
		})
	}
}

func readAll(path string) error {
	s, err := Open(ctx, path)
	if err != nil {
		return err
	}
	source, err := s.Source(ctx, "ops", "definition")
	if err == nil {
		_, err = source.Load(ctx, "ops")
	}
	return errors.Join(err, s.Close())
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func execute(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(statement)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestNothingToReadIsNoStoreYet(t *testing.T) {
	path := storePath(t)
	if _, err := Open(ctx, path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, path, nil) // a run that was killed right after it had made the file
	if _, err := Open(ctx, path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty file: %v", err)
	}
	s := importInto(t, path)
	if _, err := s.Source(ctx, "ops", "definition"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such source: %v", err)
	}
	sourceOf(t, s, "ops")
	if _, err := s.Source(ctx, "ops", "another question"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("another definition: %v", err)
	}
}

func TestAFullDiskKeepsWhatWasSaved(t *testing.T) {
	path := storePath(t)
	s := importInto(t, path)
	source := sourceOf(t, s, "ops")
	small := &sources.TicketHistory{Identities: []sources.Identity{person("Ada")}, Tickets: []sources.Ticket{ticket("OPS-1", 20, 0, "kept")}, Cursor: "one"}
	if _, err := source.Append(ctx, small); err != nil {
		t.Fatal(err)
	}
	if _, err := s.db.Exec("PRAGMA max_page_count = 12"); err != nil {
		t.Fatal(err)
	}
	large := &sources.TicketHistory{Identities: []sources.Identity{person("Bo")}, Cursor: "two"}
	for i := range 5000 {
		large.Tickets = append(large.Tickets, ticket(fmt.Sprintf("OPS-%d", i+2), 20, 0, "lost"))
	}
	_, err := source.Append(ctx, large)
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Fatalf("got %v, want the disk to be full", err)
	}
	if _, err := s.db.Exec("PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	if history := load(t, s, "ops"); len(history.Tickets) != 1 || history.Cursor != "one" || source.Cursor != "one" {
		t.Errorf("%d tickets, cursor %q: want what was saved before", len(history.Tickets), history.Cursor)
	}
	if _, err := source.Append(ctx, large); err != nil {
		t.Fatal(err)
	}
	if history := load(t, s, "ops"); len(history.Tickets) != 5001 || history.Identities[1] != person("Bo") {
		t.Errorf("%d tickets after there was room", len(history.Tickets))
	}
}

func TestAFileIsKnownAgainByContentAndReadAgainWhenItChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.json")
	write(t, path, []byte("one"))
	known, err := Fingerprint([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	if !Unchanged(known, []string{path}) {
		t.Error("unchanged, but not known")
	}
	write(t, path, []byte("one"))
	if !Unchanged(known, []string{path}) {
		t.Error("written again with the same content, but not known")
	}
	write(t, path, []byte("two")) // within the same tick of a coarse clock, and of the same size
	if Unchanged(known, []string{path}) {
		t.Error("changed, but taken for the same")
	}
	if Unchanged(known, []string{path, path + "2"}) || Unchanged(known, nil) {
		t.Error("more files or fewer are not the same")
	}
}

func TestAStoreThatMustNotBeWrittenCanBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("permissions do not bind the superuser")
	}
	path := storePath(t)
	s := importInto(t, path)
	source := sourceOf(t, s, "ops")
	if _, err := source.Append(ctx, batch(1)); err != nil {
		t.Fatal(err)
	}
	want := load(t, s, "ops")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(path, 0o400), os.Chmod(filepath.Dir(path), 0o500)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o700) })
	if diff := cmp.Diff(want, loadFrom(t, path)); diff != "" {
		t.Errorf("(-before +read only)\n%s", diff)
	}
	if _, err := OpenToImport(ctx, path); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path) {
		t.Errorf("importing into it: %v, want a refusal that names it", err)
	}
}
