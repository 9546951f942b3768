package taskkinds

import (
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"keyperson/sources"
)

func TestTheFirstRuleThatHoldsTakesATicket(t *testing.T) {
	names := rapid.SliceOfN(rapid.SampledFrom([]string{"web", "WEB", "db", "Straße", "straße", "K", "k"}), 0, 2)
	rule := rapid.Custom(func(t *rapid.T) sources.TaskRule {
		r := sources.TaskRule{Components: names.Draw(t, "components"), Labels: names.Draw(t, "labels")}
		if rapid.Bool().Draw(t, "has summary") {
			r.Summary = regexp.MustCompile(rapid.SampledFrom([]string{"^Renew", "cert"}).Draw(t, "summary"))
		}
		return r
	})
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.SliceOfN(rule, 0, 8).Draw(t, "rules")
		ticket := sources.Ticket{
			Summary:    rapid.SampledFrom([]string{"Renew cert", "Restart", "cert"}).Draw(t, "summary"),
			Components: names.Draw(t, "components"), Labels: names.Draw(t, "labels"),
		}
		want := slices.IndexFunc(rules, func(r sources.TaskRule) bool { return holds(&r, &ticket) })
		if got := NewRules(rules).Of(&ticket); got != want {
			t.Fatalf("rule %d took the ticket, but the first that holds is %d", got, want)
		}
	})
}
