package store

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

// childVariable names the store that this test binary imports into, and nothing else, until it is killed.
const childVariable = "KEYPERSON_TEST_IMPORT_INTO"

func TestMain(m *testing.M) {
	if path := os.Getenv(childVariable); path != "" {
		fmt.Println("begun") // the parent kills from here on
		if err := importBatches(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const batches = 16

// batch has tickets of its own, and newer versions of some of the batch before.
func batch(number int) *sources.TicketHistory {
	history := &sources.TicketHistory{
		Identities: []sources.Identity{person(fmt.Sprintf("P%d", number%5)), person(fmt.Sprintf("P%d", number%3))},
		Cursor:     strconv.Itoa(number),
		Findings:   []sources.Finding{{Code: "truncated-tickets", Count: number}},
	}
	for i := range 40 {
		history.Tickets = append(history.Tickets, ticket(fmt.Sprintf("OPS-%d", number*30+i), int64(number), uint32(i%2), fmt.Sprintf("of batch %d", number)))
	}
	return history
}

// importBatches goes on where the store says the last run stopped.
func importBatches(path string) error {
	s, err := OpenToImport(ctx, path)
	if err != nil {
		return err
	}
	source, err := s.MakeSource(ctx, "ops", "definition", "https://jira.example.org")
	if err != nil {
		return errors.Join(err, s.Close())
	}
	next := 1
	if source.Cursor != "" {
		done, err := strconv.Atoi(source.Cursor)
		if err != nil {
			return errors.Join(err, s.Close())
		}
		next = done + 1
	}
	for ; next <= batches; next++ {
		if _, err := source.Append(ctx, batch(next)); err != nil {
			return errors.Join(err, s.Close())
		}
	}
	return errors.Join(source.Complete(ctx), s.Close())
}

// TestARunThatIsKilledAtAnyMomentLosesNothing kills imports at random moments. The store opens each time and holds whole
// batches only; the next import completes; what it holds then is what an undisturbed import gives.
func TestARunThatIsKilledAtAnyMomentLosesNothing(t *testing.T) {
	undisturbed := storePath(t)
	began := time.Now()
	if err := importBatches(undisturbed); err != nil {
		t.Fatal(err)
	}
	usual := time.Since(began)
	want := loadFrom(t, undisturbed)
	kills := 50
	if testing.Short() {
		kills = 5
	}
	random := rand.New(rand.NewPCG(1, 2))
	directory := t.TempDir()
	midway := 0
	for round := range kills {
		path := filepath.Join(directory, strconv.Itoa(round))
		killAfter(t, path, time.Duration(random.Float64()*1.2*float64(usual)))
		s, err := Open(ctx, path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("round %d: after the kill: %v", round, err)
		}
		if err == nil {
			if checkWhole(t, s) {
				midway++
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := importBatches(path); err != nil {
			t.Fatalf("round %d: the next import: %v", round, err)
		}
		if diff := cmp.Diff(want, loadFrom(t, path)); diff != "" {
			t.Fatalf("round %d (-undisturbed +resumed)\n%s", round, diff)
		}
	}
	t.Logf("%d of %d runs were killed in the middle of their batches", midway, kills)
	if midway == 0 {
		t.Error("no run was killed in the middle of its batches: nothing was tested")
	}
}

func killAfter(t *testing.T, path string, delay time.Duration) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 6)); err != nil {
		t.Fatal(err)
	}
	time.Sleep(delay)
	_ = child.Process.Kill() // unless it was done already
	_ = child.Wait()         // tells of the kill
}

// checkWhole expects exactly the batches up to the cursor, and says whether some are missing.
func checkWhole(t *testing.T, s *Store) (isMidway bool) {
	t.Helper()
	source, err := s.Source(ctx, "ops", "definition")
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	history, err := source.Load(ctx, "ops")
	if err != nil {
		t.Fatal(err)
	}
	if source.Cursor == "" {
		if len(history.Tickets) > 0 {
			t.Fatalf("%d tickets without a cursor", len(history.Tickets))
		}
		return false
	}
	done, err := strconv.Atoi(source.Cursor)
	if want := done*30 + 10; err != nil || len(history.Tickets) != want {
		t.Fatalf("cursor %q: %d tickets, want %d (%v)", source.Cursor, len(history.Tickets), want, err)
	}
	return done < batches
}

func loadFrom(t *testing.T, path string) *sources.TicketHistory {
	t.Helper()
	s, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	history := load(t, s, "ops")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return history
}
