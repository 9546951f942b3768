package quarterly

import (
	"fmt"
	"math"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
)

func (c *content) label(r *quarterly.Report, w *Words) {
	c.Title = w.say("What hangs on one person: %s", r.Quarter.String())
	c.Subtitle = w.say("As of %s", asOf(r, w))
	if !r.ComparedAsOf.IsZero() {
		c.Subtitle = w.say("As of %s, compared with %s (%s)", asOf(r, w), r.Compared.String(), day(r.ComparedAsOf))
	}
	if r.Unfinished {
		c.Warnings = append(c.Warnings, w.say("%[1]s had not ended when this was read: the report is as of the newest event, %[2]s.", r.Quarter.String(), day(r.AsOf)))
	}
	if r.Incomplete {
		c.Warnings = append(c.Warnings, w.say("The data is incomplete, and scores were asked for all the same: they may be wrong. The last page says what is missing."))
	}
	for i := range r.Trust.Trackers {
		if t := &r.Trust.Trackers[i]; r.HasTickets && t.IsStale(r.AsOf) {
			c.Warnings = append(c.Warnings, w.say("The tickets of %[1]s end on %[2]s: work done since then looks as if nobody had done it, so what is said here of services and tasks does not hold for %[3]s.", t.Label, day(t.Last), r.Quarter.String()))
		}
	}
	if !r.HasTickets {
		c.Warnings = append(c.Warnings, w.say("No tickets were read: this report says which code hangs on one person, and nothing of routine work, its hours or its manuals."))
	}
	if r.ComparedAsOf.IsZero() {
		c.Warnings = append(c.Warnings, w.say("The history does not reach back to %s: nothing can be compared.", r.Compared.String()))
	}
	c.Labels = labels{
		Decide: w.say("What to decide"), Changed: w.say("What changed and why, and the plan"), Trusted: w.say("How far to trust it"),
		Quadrant: w.say("Where the risk is"), Risks: w.say("The heaviest risks, and what to do about them"), Changes: w.say("What changed, and why"),
		Coverage: w.say("Who covers what"), Stock: w.say("The work catalog over the quarters"), Manuals: w.say("Manuals to write first"),
		Pairs: w.say("Pairs to train"), Sources: w.say("What was read"), Findings: w.say("What is missing or doubtful"),
		Backtest: w.say("How often the advice was right"), Predictions: w.say("What came of the last plan"), Blind: w.say("What the data cannot see"),
		Privacy: w.say("Privacy"), Glossary: w.say("Glossary"),
		Evidence: w.say("Evidence"), Exposure: w.say("Exposure"), Change: w.say("Change"), Next: w.say("Next"), Effect: w.say("Expected"),
		ShowTable: w.say("The figures behind the picture"), Filter: w.say("Show only"), All: w.say("everything"),
		Footer:  w.say("Made by Keyperson from git history, tickets and manuals. Every figure can be followed to its evidence with keyperson explain."),
		Capable: w.say("Capable"),
	}
	if !r.HasTickets {
		c.Labels.Stock = w.say("Systems that hang on one person, over the quarters")
	}
}

// asOf is when it is looked from: a quarter that has ended, from its last moment.
func asOf(r *quarterly.Report, w *Words) string {
	if r.Unfinished {
		return day(r.AsOf)
	}
	return w.say("the end of %s", day(r.AsOf))
}

// decide is the first page.
func (c *content) decide(r *quarterly.Report, w *Words) {
	h := &r.Headline
	c.Lead = lead(r, w)
	if r.HasTickets {
		c.Tiles = append(
			c.Tiles,
			tileOf(&h.Services, r, w, w.say("services would stall on routine work if one person were away"), w.say("no service has recurring work that can be judged")),
			tileOf(&h.Tasks, r, w, w.say("recurring tasks are routine, and one absence stops them or nobody present can do them"), w.say("no recurring task can be judged")),
		)
	}
	c.Tiles = append(c.Tiles, tileOf(&h.Code, r, w, w.say("systems would have most of their code uncovered by one absence"), w.say("no system's code can be judged")))
	c.Quadrant = quadrant(r, w)
	for i := range r.Risks {
		c.Risks = append(c.Risks, riskOf(i+1, &r.Risks[i], r, w))
	}
	if more := r.AllRisks - len(r.Risks); more > 0 {
		c.RiskNote = w.count(more, "%d lighter risk is not shown; keyperson check lists all.", "%d lighter risks are not shown; keyperson check lists all.")
	}
	if len(r.Risks) == 0 {
		c.RiskNote = w.say("Nothing that could be judged hangs on one person.")
	}
}

// lead is for whoever reads only one thing: routine work that would stall, and where none would, code that hangs on
// one person.
func lead(r *quarterly.Report, w *Words) string {
	services, code := &r.Headline.Services, &r.Headline.Code
	routine := ""
	switch {
	case services.Now > 0:
		return w.sentences(
			w.say("%[1]d of %[2]d services with recurring work would stall on routine work if one person were away: %[3]s.", services.Now, services.Of, named(services.Names, services.More, w)),
			moved(services, r, w),
		)
	case r.Headline.Tasks.Of > 0 && r.Headline.Tasks.Now == 0:
		routine = w.count(r.Headline.Tasks.Of, "The one recurring task that can be judged is not routine that one absence stops.", "None of the %d recurring tasks that can be judged is routine that one absence stops.")
	case r.Headline.Tasks.Now > 0:
		routine = w.say("%[1]d of %[2]d recurring tasks that can be judged are routine that one absence stops or nobody present can do: %[3]s.",
			r.Headline.Tasks.Now, r.Headline.Tasks.Of, named(r.Headline.Tasks.Names, r.Headline.Tasks.More, w))
	}
	switch {
	case code.Now > 0:
		return w.sentences(
			w.say("%[1]d of %[2]d systems would lose most of their knowledge of code with one person, or have lost it: %[3]s.", code.Now, code.Of, named(code.Names, code.More, w)),
			moved(code, r, w), routine,
		)
	case code.Of > 0:
		return w.sentences(w.count(code.Of, "The one system that can be judged would not lose most of its knowledge of code with one person.", "None of the %d systems that can be judged would lose most of its knowledge of code with one person."), moved(code, r, w), routine)
	case routine != "":
		return routine
	}
	return w.say("There is not enough evidence to judge any service.")
}

func named(names []string, more int, w *Words) string {
	text := w.join(names)
	if more > 0 {
		text += w.say(" and %d more", more)
	}
	return text
}

// moved compares a count with the quarter before, and names what came and went.
func moved(count *quarterly.Count, r *quarterly.Report, w *Words) string {
	switch {
	case !count.HasBefore:
		return ""
	case count.BeforeOf == 0:
		return w.say("In %s none could be judged.", r.Compared.String())
	}
	text := w.say("As many as in %s.", r.Compared.String())
	switch n := count.Now - count.Before; {
	case n > 0:
		text = w.say("That is %[1]d more than in %[2]s.", n, r.Compared.String())
	case n < 0:
		text = w.say("That is %[1]d fewer than in %[2]s.", -n, r.Compared.String())
	}
	joined, gone := "", ""
	if len(count.Joined) > 0 {
		joined = w.say("New: %s.", named(count.Joined, count.MoreJoined, w))
	}
	if len(count.Gone) > 0 {
		gone = w.say("No longer: %s.", named(count.Gone, count.MoreGone, w))
	}
	return w.sentences(text, joined, gone)
}

// tileOf says a count with its label; where there was nothing to count, what to say instead.
func tileOf(count *quarterly.Count, r *quarterly.Report, w *Words, label, nothing string) tile {
	if count.Of == 0 {
		return tile{Figure: absent, Label: nothing}
	}
	t := tile{Figure: fmt.Sprint(count.Now), Of: w.say("of %d", count.Of), Label: label}
	if count.HasBefore {
		switch n := count.Now - count.Before; {
		case count.BeforeOf == 0:
			t.Change = w.say("in %s none could be judged", r.Compared.String())
		case n > 0:
			t.Change, t.Tone = w.say("▲ %[1]d more than in %[2]s", n, r.Compared.String()), "bad"
		case n < 0:
			t.Change, t.Tone = w.say("▼ %[1]d fewer than in %[2]s", -n, r.Compared.String()), "good"
		default:
			t.Change = w.say("= as many as in %s", r.Compared.String())
		}
	}
	if count.Now > 0 && count.HoursYear != nil {
		t.Names = w.say("%s of work on them in the last year, where it is known", w.hours(count.HoursYear))
	}
	return t
}

func riskOf(number int, of *quarterly.Risk, r *quarterly.Report, w *Words) risk {
	shown := risk{Number: number, Title: shortened(of.Name, longestName), System: of.System, IsNew: of.Movement == quarterly.IsNew}
	shown.Where = ruleWords(of.Rule, w)
	if of.Subject == analyzer.OfTask && of.System != "" {
		shown.Where = w.sentences(w.say("Service %s.", shortened(of.System, longestName)), shown.Where)
	}
	if of.Tier > 0 {
		shown.Where = w.sentences(w.say("Tier %d.", of.Tier), shown.Where)
	}
	shown.Evidence, shown.Exposure = evidence(of, w), exposure(of, w)
	shown.Change = change(of, r, w)
	shown.Next, shown.Effect = next(of, r, w), effect(&of.Step, w)
	return shown
}

func ruleWords(rule analyzer.RiskRule, w *Words) string {
	switch rule {
	case analyzer.RiskNobodyLeft:
		return w.say("Nobody active knows most of it.")
	case analyzer.RiskOnePerson:
		return w.say("Its code hangs on one person.")
	case analyzer.RiskThinlyCovered:
		return w.say("Its code is thinly covered.")
	case analyzer.RiskTaskNobody:
		return w.say("Routine that probably nobody present can do.")
	case analyzer.RiskTaskStops:
		return w.say("Routine that one absence stops.")
	}
	return w.say("An alert points at a manual that cannot be relied on.")
}

// evidence says why, with numbers.
func evidence(of *quarterly.Risk, w *Words) string {
	switch of.Subject {
	case analyzer.OfTask:
		text := w.say("One person did %[1]s of the last %[2]d runs.", percent(of.TopShare), of.Counted)
		if of.Holder != "" && of.Rule == analyzer.RiskTaskStops {
			text = w.sentences(text, w.say("Without %[1]s, the chance that nobody present can do it is %[2]s (now %[3]s).", of.Holder, percent(of.Value), percent(of.Now)))
		} else {
			text = w.sentences(text, w.say("The chance that nobody present can do it is %s.", percent(of.Now)))
		}
		return w.sentences(text, manualState(of, w))
	case analyzer.OfSystem:
		text := w.say("%[1]s of what changes there would have nobody active who knows it (now %[2]s; n = %[3]d commits).", percent(of.Value), percent(of.Now), of.N)
		if of.Holder != "" {
			text = w.say("Without %[4]s, %[1]s of what changes there would have nobody active who knows it (now %[2]s; n = %[3]d commits).", percent(of.Value), percent(of.Now), of.N, of.Holder)
		}
		if of.Months != nil && *of.Months >= 1 {
			text = w.sentences(text, w.count(int(math.Round(*of.Months)), "Nobody else has worked there for %d month.", "Nobody else has worked there for %d months."))
		}
		return text
	}
	return w.say("The manual %[1]s is at %[2]s.", shortened(of.Path, longestName), of.Maturity.String())
}

func manualState(of *quarterly.Risk, w *Words) string {
	switch {
	case of.Maturity == analyzer.NoRunbook:
		return w.say("There is no manual.")
	case of.Maturity < analyzer.Fresh:
		return w.say("The manual %[1]s lacks structure or is out of date (%[2]s).", shortened(of.Path, longestName), of.Maturity.String())
	}
	return w.say("The manual %[1]s can be followed (%[2]s).", shortened(of.Path, longestName), of.Maturity.String())
}

// exposure says how much work is at stake.
func exposure(of *quarterly.Risk, w *Words) string {
	switch of.Subject {
	case analyzer.OfTask:
		text := w.count(of.Recent, "%d run in the last year", "%d runs in the last year")
		if of.Rule == analyzer.RiskTaskNobody {
			return text + w.say(", %s of work", w.hours(of.HoursYear))
		}
		return text + w.say(", %s of work that hangs on one person", w.hours(of.HoursYear))
	case analyzer.OfSystem:
		return w.count(of.Recent, "%d commit arrived within the activity window", "%d commits arrived within the activity window")
	}
	return w.say("whoever is woken by the alert")
}

func change(of *quarterly.Risk, r *quarterly.Report, w *Words) string {
	then := ""
	switch {
	case of.RuleBefore != "" && of.RuleBefore != of.Rule:
		then = w.say(" (%s)", ruleThen(of.RuleBefore, w))
	case of.Before != nil:
		then = w.say(" (%[1]s, then %[2]s)", percent(*of.Before), percent(of.Value))
	}
	switch of.Movement {
	case quarterly.IsNew:
		switch of.Unjudged {
		case quarterly.Dormant:
			return w.say("Dormant in %s, not judged then", r.Compared.String())
		case quarterly.TooLittle:
			return w.say("Not enough evidence in %s, not judged then", r.Compared.String())
		}
		return w.say("New since %s", r.Compared.String()) + then
	case quarterly.IsWorse:
		return w.say("Worse than in %s", r.Compared.String()) + then
	case quarterly.IsBetter:
		return w.say("Better than in %s, and still a risk", r.Compared.String()) + then
	case quarterly.IsSame:
		return w.say("Unchanged since %s", r.Compared.String()) + then
	}
	return w.say("Nothing to compare with")
}

// ruleThen says of a risk what it came under before; values of different rules do not compare.
func ruleThen(rule analyzer.RiskRule, w *Words) string {
	switch rule {
	case analyzer.RiskNobodyLeft:
		return w.say("then nobody active knew most of it")
	case analyzer.RiskOnePerson:
		return w.say("then its code hung on one person")
	case analyzer.RiskThinlyCovered:
		return w.say("then its code was thinly covered")
	case analyzer.RiskTaskNobody:
		return w.say("then probably nobody present could do it")
	}
	return w.say("then one absence stopped it")
}
