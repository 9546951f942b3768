package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"keyperson/analyzer"
	"keyperson/sources/catalog"
)

// configurationHash stands for what decides how large a risk is: baselines, plans and reports of different ones do not
// compare. What there is (repositories, tickets, systems, rules for tasks, who is who, who has left) and what is accepted
// (budgets, waivers) are not in it: each risk has an identity of its own, and they may grow. Nor is --lines: lines are
// shown, and decide numbers only under a method that is in it.
func (r *reading) configurationHash() string {
	o := &r.options
	since := ""
	if o.Since != nil {
		since = o.Since.Format(time.RFC3339)
	}
	var settings bytes.Buffer
	fmt.Fprintf(&settings, "method %s\nwindow %v\nhalf-life %v\ncover %v\ntask half-life %v\nsince %s\nexclude %q\nsystems from %s\nsystem %s\n",
		o.Method, o.ActivityWindowDays, o.HalfLifeDays, o.CoverShare, o.TaskHalfLifeDays, since, r.config.Exclude, r.config.SystemsFrom, o.System)
	// What is as by default adds nothing, so that a baseline outlives settings that were thought of later.
	if len(o.Triage) > 0 {
		triage := slices.Clone(o.Triage)
		slices.Sort(triage)
		fmt.Fprintf(&settings, "triage %q\n", triage)
	}
	addRunbookSettings(&settings, o, &r.config.Runbooks)
	hash := sha256.Sum256(settings.Bytes())
	return hex.EncodeToString(hash[:8])
}

// addRunbookSettings writes down which documents count as procedures, and when one has gone stale.
func addRunbookSettings(settings *bytes.Buffer, o *analyzer.Options, c *catalog.RunbookConfig) {
	for _, keys := range []struct {
		name   string
		values []string
	}{{"runbooks", c.Paths}, {"owner", c.Owner}, {"reviewed", c.Reviewed}, {"interval", c.Interval}} {
		if len(keys.values) > 0 {
			fmt.Fprintf(settings, "%s %q\n", keys.name, keys.values)
		}
	}
	if days := o.RunbookIntervalDays; days != analyzer.DefaultOptions(o.AsOf).RunbookIntervalDays {
		fmt.Fprintf(settings, "interval days %v\n", days)
	}
}
