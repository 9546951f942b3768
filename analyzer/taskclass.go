package analyzer

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"keyperson/analyzer/practice"
	"keyperson/sources"
)

// Limits by which a class is told; starting values.
const (
	regularUpTo     = 0.5 // coefficient of variation of eight gaps or more between days on which something comes in
	regularGaps     = 8
	regularUpToFew  = 0.25 // the same of fewer gaps, which are regular by chance more often
	leastPeriodDays = 2.0  // a gap under which something that comes in often would pass for regular
	mostPerDay      = 1.5  // tickets a day on which any comes in, for shorter gaps
	onePersonUpTo   = 1.25 // effective executors
	urgentShare     = 0.5  // share of tickets with a sign that something broke
	shortHours      = 4.0  // median time to resolve that makes half as many signs enough
)

// classify fills in the class and what sets the task off.
func (k *kindOfWork) classify() {
	t := k.task
	class, reason, trigger := k.occasion()
	if k.rule.Class != "" {
		class, reason = TaskClass(k.rule.Class), "configured"
	}
	t.Class, t.ClassReason, t.Trigger = class, reason, trigger
	if t.Enough && len(k.runbooks) == 0 && t.EffectiveExecutors <= onePersonUpTo && k.rule.Class == "" {
		t.Class = Personal
		t.ClassReason = fmt.Sprintf("no procedure, and one person did %s of %s; otherwise it would be %s: %s",
			percent(t.TopShare), count(t.Counted, "execution"), class, reason)
	}
}

// occasion says what sets a task off, why, and how often.
func (k *kindOfWork) occasion() (class TaskClass, reason, trigger string) {
	often := k.often()
	if gap, reason, isRegular := k.regular(); isRegular {
		return Scheduled, reason, fmt.Sprintf("comes back every %s", dayCount(gap))
	}
	signs, n := 0, len(k.kind.Tickets)
	for _, ticket := range k.kind.Tickets {
		if isUrgent(&k.evidence.Tickets[ticket]) {
			signs++
		}
	}
	if n == 0 {
		return Requested, "no ticket yet", often
	}
	share, hours := float64(signs)/float64(n), k.hoursOpen()
	switch {
	case share >= urgentShare:
		return Urgent, fmt.Sprintf("%s of %s are incidents, of high priority or speak of alarms", percent(share), count(n, "ticket")), "when something breaks, " + often
	case share >= urgentShare/2 && hours > 0 && hours <= shortHours:
		return Urgent, fmt.Sprintf("%s of %s are incidents, of high priority or speak of alarms, and half are resolved within %.1f hours",
			percent(share), count(n, "ticket"), hours), "when something breaks, " + often
	}
	return Requested, fmt.Sprintf("comes in irregularly, and %s of %s speak of something broken", percent(share), count(n, "ticket")), "when somebody asks, " + often
}

// often says in words how often a task was done in the last year, or ever.
func (k *kindOfWork) often() string {
	if k.task.Recent > 0 {
		return fmt.Sprintf("%s in the last year", count(k.task.Recent, "time"))
	}
	return fmt.Sprintf("%s in all, none in the last year", count(k.task.Executions, "time"))
}

func dayCount(days float64) string {
	if rounded := math.Round(days); rounded != 1 {
		return fmt.Sprintf("%.0f days", rounded)
	}
	return "day"
}

// regular says whether tickets come in at regular times: on days with equal gaps between them, or with a word that
// says so in most summaries.
func (k *kindOfWork) regular() (gapDays float64, reason string, isRegular bool) {
	var days []float64
	named, dated := 0, 0
	for _, ticket := range k.kind.Tickets {
		t := &k.evidence.Tickets[ticket]
		if regularWords.MatchString(t.Summary) {
			named++
		}
		if t.Created == 0 {
			continue
		}
		dated++
		days = append(days, float64(t.Created/secondsPerDay))
	}
	slices.Sort(days)
	days = slices.Compact(days)
	variation, gap, err := practice.Regularity(days)
	if err != nil {
		return 0, "", false
	}
	limit := regularUpTo
	if len(days)-1 < regularGaps {
		limit = regularUpToFew
	}
	switch perDay := float64(dated) / float64(len(days)); {
	case variation <= limit && (gap >= leastPeriodDays || perDay <= mostPerDay):
		return gap, fmt.Sprintf("comes in at regular times: the gaps vary by %s (n = %d)", percent(variation), len(days)-1), true
	case 2*named >= len(k.kind.Tickets):
		return gap, fmt.Sprintf("%d of %s say that it is done at regular times", named, count(len(k.kind.Tickets), "ticket")), true
	}
	return 0, "", false
}

// regularWords are words of work that is done by the calendar.
var regularWords = regexp.MustCompile(`(?i)\b(daily|weekly|bi-?weekly|monthly|quarterly|yearly|annual|nightly)\b|定期|日次|週次|月次|四半期|年次|毎日|毎週|毎月`)

// hoursOpen is the median time from creation to resolution, in hours; 0 where nothing can be told.
func (k *kindOfWork) hoursOpen() float64 {
	var hours []float64
	for _, ticket := range k.counted {
		if t := &k.evidence.Tickets[ticket]; t.Created > 0 && t.Resolved >= t.Created {
			hours = append(hours, float64(t.Resolved-t.Created)/3600)
		}
	}
	return practice.Median(hours)
}

// isUrgent says whether a ticket speaks of something that broke or will not wait.
func isUrgent(t *sources.Ticket) bool {
	priority := strings.ToLower(strings.TrimSpace(t.Priority))
	return urgentPriorities.MatchString(priority) || urgentTypes.MatchString(t.Type) || urgentWords.MatchString(t.Summary)
}

var (
	urgentPriorities = regexp.MustCompile(`^(blocker|critical|highest|urgent|p[01]|sev ?-?[01]|[01] ?-.*|1|緊急|最高|至急)$`)
	urgentTypes      = regexp.MustCompile(`(?i)\b(incident|outage|alert)\b|インシデント|障害|アラート`)
	urgentWords      = regexp.MustCompile(`(?i)\b(alert|alarm|outage|incident|firing|is down|went down|unreachable|not responding)\b|障害|アラート|警報|緊急|停止中|ダウン`)
)
