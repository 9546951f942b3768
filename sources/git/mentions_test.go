package git

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
)

func TestMessagesMentionTickets(t *testing.T) {
	for message, want := range map[string][]string{
		"":      nil,
		"OPS-1": {"OPS-1"},
		"[OPS-12] Renew, see also OPS-3\n\nOPS-12.":  {"OPS-12", "OPS-3"},
		"Merge branch 'feature/OPS_2-40-renew'":      {"OPS_2-40"},
		"証明書を更新するOPS-7対応":                            {"OPS-7"},
		"a hyphen-1, x-1, A-1, 8859-1, OPS-0, OPS-":  nil,
		"aOPS-1 OPS-1b _OPS-1 OPS-1_ OPS-1234567890": nil,
		"OPS-123456789": {"OPS-123456789"},
		strings.Repeat("P", 32) + "-1 " + strings.Repeat("P", 33) + "-1": {strings.Repeat("P", 32) + "-1"},
		"UTF-8 and ISO-8859-1": {"UTF-8", "ISO-8859"}, // whoever uses them knows which tickets there are
	} {
		if diff := cmp.Diff(want, ticketMentions([]byte(message))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", message, diff)
		}
	}
}

// TestTicketKeysAreWhatTheExpressionSays compares with the definition, written as a regular expression.
func TestTicketKeysAreWhatTheExpressionSays(t *testing.T) {
	key := regexp.MustCompile(`\b[A-Z][A-Z0-9_]{1,31}-[1-9][0-9]{0,8}\b`)
	rapid.Check(t, func(t *rapid.T) {
		message := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"A", "Z_", "x", "-", "-", "1", "0", "99", "_", " ", "é", strings.Repeat("Q", 16)})).Draw(t, "parts"), "")
		var want []string
		for _, found := range key.FindAllString(message, -1) {
			if !slices.Contains(want, found) {
				want = append(want, found)
			}
		}
		if diff := cmp.Diff(want, ticketMentions([]byte(message))); diff != "" {
			t.Fatalf("%q (-want +got):\n%s", message, diff)
		}
	})
}

func TestTrailersNameDocuments(t *testing.T) {
	for message, want := range map[string][]string{
		"Renew\n\nRunbook: docs/renew.md\n":                                            {"docs/renew.md"},
		"Renew\n\nrunbook: a.md\nPROCEDURE: https://wiki.example.org/b\nRunbook: a.md": {"a.md", "https://wiki.example.org/b"},
		"Renew\n\nRunbook: a.md\n\nReviewed-by: A <a>":                                 {"a.md"},
		"Renew\n\nRunbook: a.md\n\nThat was all.":                                      nil,
		"Runbook: the subject is no trailer":                                           nil,
		"Renew\n\nRunbook:\n":                                                          nil,
		"Renew\n\nRunbook: " + strings.Repeat("a", longestDocument+1):                  nil,
	} {
		if diff := cmp.Diff(want, documentMentions(trailerLines([]byte(message)))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", message, diff)
		}
	}
}

func TestMentionsAreBounded(t *testing.T) {
	var tickets, documents strings.Builder
	documents.WriteString("Subject\n\n")
	for i := range 100 {
		fmt.Fprintf(&tickets, "OPS-%d ", i+1)
		fmt.Fprintf(&documents, "Runbook: %d.md\n", i)
	}
	if got := len(ticketMentions([]byte(tickets.String()))); got != mostTicketMentions {
		t.Errorf("got %d tickets, want %d", got, mostTicketMentions)
	}
	if got := len(documentMentions(trailerLines([]byte(documents.String())))); got != mostDocumentMentions {
		t.Errorf("got %d documents, want %d", got, mostDocumentMentions)
	}
}

func TestMentionsBecomeEvidenceExceptThoseOfMerges(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("OPS-1: first")
	first := b.Head()
	b.Branch("side").Write("b", "2\n").Commit("Second\n\nRunbook: docs/renew.md").Checkout("main").Write("c", "3\n").Commit("Third").
		Merge("side", "Merge branch OPS-2")
	r := open(t, b, OpenOptions{})
	snapshot, err := r.Snapshot(b.Head())
	if err != nil {
		t.Fatal(err)
	}
	h := read(t, b, ReadOptions{})
	if got := len(h.Mentions); got != 3 {
		t.Errorf("the history has %d mentions, want 3: %+v", got, h.Mentions)
	}
	e := &sources.Evidence{Events: []sources.Event{{}}} // as if another repository had been added before
	h.AddTo(e, sources.Repository{}, snapshot)
	var got []string
	for _, m := range e.Mentions {
		got = append(got, fmt.Sprint(e.Events[m.Event].Reference == first.String(), " ", m.Kind, " ", m.Text, " ", m.Runbook == sources.None))
	}
	if diff := cmp.Diff([]string{"true 0 OPS-1 true", "false 1 docs/renew.md true"}, got); diff != "" {
		t.Errorf("mentions (-want +got):\n%s", diff)
	}
}

func FuzzMentions(f *testing.F) {
	f.Add([]byte("OPS-1 -1 A-"))
	f.Add([]byte("x\n\nRunbook: a"))
	f.Fuzz(func(t *testing.T, message []byte) {
		key := regexp.MustCompile(`^[A-Z][A-Z0-9_]{1,31}-[1-9][0-9]{0,8}$`)
		for _, found := range ticketMentions(message) {
			if !key.MatchString(found) {
				t.Errorf("%q is no ticket's key", found)
			}
		}
		documentMentions(trailerLines(message))
	})
}
