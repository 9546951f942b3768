package analyzer

import (
	"fmt"
	"testing"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

// BenchmarkBulkClosed is a migration that closed everything at one moment. Four times the tickets take four times as long.
func BenchmarkBulkClosed(b *testing.B) {
	for _, n := range []int{8_000, 32_000} {
		s := evidencetest.New().On("2024-01-01")
		seen := make([]uint32, n)
		for i := range seen {
			s.Ticket(fmt.Sprintf("P-%d", i), "x").Resolved("Ann", "2024-02-01")
			seen[i] = uint32(i)
		}
		w := workOn(b, s)
		b.Run(fmt.Sprintf("%d tickets", n), func(b *testing.B) {
			for b.Loop() {
				w.bulkClosed(seen, map[uint32][]uint32{})
			}
		})
	}
}

// BenchmarkFilesByName looks up the former names of all that is handed over.
func BenchmarkFilesByName(b *testing.B) {
	for _, n := range []int{4_000, 16_000} {
		s := evidencetest.New().By("Ann")
		for i := range n {
			path := fmt.Sprintf("sys/%d.go", i)
			s.Commit("A old/" + path).Commit("R90 old/" + path + " " + path).Commit("M " + path).Tree(path)
		}
		b.Run(fmt.Sprintf("%d files", n), func(b *testing.B) {
			for b.Loop() {
				w := workOn(b, s)
				h := &handing{work: w, files: w.allFiles()}
				h.filesByName()
			}
		})
	}
}

func workOn(b *testing.B, s *evidencetest.Story) *work {
	b.Helper()
	w, err := newWork(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date("2024-06-30")))
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// Tickets are closed a minute apart, then a quarter of an hour apart: those of which ten fall into ten minutes are marked, each of
// them.
func TestEveryTicketOfALongBulkClosingIsMarked(t *testing.T) {
	s := evidencetest.New().On("2024-01-01")
	var seen []uint32
	for i := range 40 {
		at := fmt.Sprintf("2024-02-01T01:%02d", i) // 01:00 to 01:29
		if i >= 30 {
			at = fmt.Sprintf("2024-02-01T%02d:15", i-25) // 05:15 to 14:15
		}
		s.Ticket(fmt.Sprintf("P-%d", i), "x").Change(func(ticket *sources.Ticket) { ticket.Type = "Task" }).Resolved("Ann", at)
		seen = append(seen, uint32(i))
	}
	w, err := newWork(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date("2024-06-30")))
	if err != nil {
		t.Fatal(err)
	}
	for ticket, isBulk := range w.bulkClosed(seen, map[uint32][]uint32{}) {
		if isBulk != (ticket < 30) {
			t.Errorf("ticket %d: got %v, want %v", ticket, isBulk, ticket < 30)
		}
	}
}
