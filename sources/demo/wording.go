package demo

import (
	"fmt"
	"strings"
)

// chooser draws small choices from one number, so that a plan need not keep them.
type chooser uint64

func (c *chooser) next(n int) int {
	*c ^= *c << 13
	*c ^= *c >> 7
	*c ^= *c << 17
	return int(uint64(*c) % uint64(n))
}

func newChooser(seed uint64) chooser {
	return chooser(seed*0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D)
}

func (c *chooser) of(from []string) string { return from[c.next(len(from))] }

var (
	hosts     = strings.Fields("app-03 app-11 db-02 db-07 edge-01 edge-04 mx-02 mx-05 web-08 web-19 proxy-06 cache-12")
	customers = []string{"Alder & Finch", "Bodensee Pharma", "Corvo Foods", "Delta Tram", "Hafen Logistik", "Isola Hotels", "Juniper Clinics", "Kestrel Air", "Mirabel Toys", "Norrland Paper", "Orto Verde", "みなと商事"}
	regions   = strings.Fields("north south east west tokyo osaka lisbon")
)

// summary is the first line of a ticket.
func (t *ticket) summary() string {
	c := newChooser(uint64(t.text))
	if t.kind.isJudgement() {
		return judgementSummary(&c)
	}
	return strings.NewReplacer(
		"{host}", c.of(hosts), "{customer}", c.of(customers), "{region}", c.of(regions), "{number}", fmt.Sprint(1+c.next(900)),
	).Replace(t.kind.summary)
}

// What judgement is asked for is put in words that hardly come twice.
var (
	symptoms = []string{
		"Totals drift after the leap second", "Two banks disagree about one transfer", "Latency doubles every Tuesday at noon", "Sessions vanish when a node joins",
		"Nobody can explain the negative balance", "Retries amplify each other", "Half of the receipts carry yesterday's rate", "A replica answers faster than the primary",
		"Memory climbs until the watchdog bites", "Duplicate callbacks from one acquirer", "Ordering lost between two partitions", "Customers in Osaka see stale limits",
		"Certificate pinning broke an old terminal", "Rounding differs by one cent in batch seven", "The failover chose the wrong leader", "Audit trail misses weekend reversals",
	}
	questions = []string{
		"How should we shard the journal", "What would it take to drop the message broker", "Can settlement tolerate a day without the mainframe", "Where do we put consent records",
		"Is eventual consistency acceptable for refunds", "Which boundary separates pricing from invoicing", "Should limits live beside the account or the card", "Do we own or rent key custody",
		"When must idempotency keys expire", "Why two calendars for value dates", "Who arbitrates conflicting exchange rates", "What replaces the nightly freeze",
	}
	settings = []string{
		"since the move to the new data centre", "under the load of the spring sale", "when the clocks changed", "for the smallest tenants only", "on machines with old firmware",
		"after the vendor's silent upgrade", "before the auditors return", "with three regions instead of two", "once contracts are renegotiated", "if volumes triple again",
		"despite clean health checks", "while the mirror was rebuilding", "although nothing was deployed", "as the regulator now demands",
	}
)

func judgementSummary(c *chooser) string {
	what := c.of(symptoms)
	if c.next(2) == 0 {
		what = c.of(questions)
	}
	switch c.next(3) {
	case 0:
		return what
	case 1:
		return what + " " + c.of(settings)
	}
	setting := c.of(settings)
	return strings.ToUpper(setting[:1]) + setting[1:] + ": " + strings.ToLower(what[:1]) + what[1:]
}

var (
	doneComments         = []string{"Done.", "Done, checked with the customer.", "Finished; nothing unusual.", "Closed after a look at the graphs.", "OK now."}
	doneCommentsJapanese = []string{"完了しました。", "対応済みです。", "確認のうえ完了しました。"}
	judgementRemarks     = []string{
		"Read the traces for two days; the cause is not where we looked.", "Drew it on the whiteboard with the bank's people, notes attached.", "The first idea was wrong. Trying the opposite.",
		"This needs another way of thinking about ownership of the record.", "Wrote a small simulation to convince myself.", "We were lucky. Proposing a change of the protocol.",
	}
)

// closingComment is what the doer writes at the end; empty where they write nothing.
func (t *ticket) closingComment() string {
	c := newChooser(uint64(t.text) + 1)
	switch {
	case t.follows && t.kind.japanese:
		return "手順書 " + t.kind.runbook() + " に従って実施しました。"
	case t.follows && c.next(4) == 0:
		return "Followed " + repositoryURL + t.kind.runbook() + ", all checks passed."
	case t.follows:
		return "Done by the runbook " + t.kind.runbook() + "."
	case t.kind.isJudgement():
		return c.of(judgementRemarks)
	case c.next(3) == 0:
		return ""
	case t.kind.japanese:
		return c.of(doneCommentsJapanese)
	}
	return c.of(doneComments)
}

// repositoryURL is where the organisation's repository is browsed.
const repositoryURL = "https://git." + office + "/operations/blob/main/"

func (t *ticket) description() string {
	if t.follows && newChooserAt(t.text, 2).next(6) == 0 {
		var b strings.Builder
		b.WriteString("Checklist:\n")
		for _, step := range stepsOf(t.kind, 0) {
			b.WriteString("* [x] " + step.text + "\n")
		}
		return b.String()
	}
	c := newChooserAt(t.text, 3)
	switch {
	case t.kind.isJudgement():
		return "Seen from the outside: " + c.of(symptoms) + ". " + c.of(questions) + "?"
	case t.kind.japanese:
		return "お手数ですが対応をお願いします。"
	}
	return "Please see to it " + []string{"today", "this week", "when there is time", "before the weekend"}[c.next(4)] + "."
}

// newChooserAt draws one of several independent streams from a ticket's or commit's number.
func newChooserAt(text uint32, place uint64) *chooser {
	c := newChooser(uint64(text) + place)
	return &c
}
