package quarterly

import (
	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
)

// trusted is the third page.
func (c *content) trusted(r *quarterly.Report, w *Words) {
	t := &r.Trust
	fact := func(label, text string) { c.Facts = append(c.Facts, struct{ Label, Text string }{label, text}) }
	for i := range t.Repositories {
		of := &t.Repositories[i]
		fact(w.say("Repository %s", of.Label), w.say("%[1]d commits from %[2]s to %[3]s, %[4]d files at %[5]s", of.Commits, day(of.First), day(of.Last), of.Files, of.Revision[:min(len(of.Revision), 10)]))
	}
	for i := range t.Trackers {
		of := &t.Trackers[i]
		text := w.say("%[1]d tickets from %[2]s to %[3]s", of.Tickets, day(of.First), day(of.Last))
		if of.IsStale(r.AsOf) {
			text = w.say("%s: stale, what was done since looks as if nobody had done it", text)
		}
		fact(w.say("Tracker %s", of.Label), text)
	}
	fact(w.say("Mapped"), mapped(r, w))
	fact(w.say("People"), w.say("%[1]d people behind %[2]d names and accounts: %[3]d joins made, %[4]d more to review; %[5]d active in the last %[6]d days; %[7]d bots and AI assistants are not people",
		t.Census.People, t.Census.Identities, t.Census.Merged, t.Census.Suspects, t.Census.Active, t.Census.ActivityWindowDays, len(t.Census.Bots)+len(t.Census.Agents)))
	fact(w.say("Left out"), excluded(r, w))
	fact(w.say("Thresholds"), thresholds(r, w))
	for i := range t.Findings {
		c.Findings = append(c.Findings, findingWords(t.Findings[i].Code, t.Findings[i].Message, t.Findings[i].Count, w))
	}
	if t.MoreFindings > 0 {
		c.Findings = append(c.Findings, w.count(t.MoreFindings, "%d more; keyperson lists all", "%d more; keyperson lists all"))
	}
	c.backtest(t, w)
	c.predictions(r, w)
	c.Blind = blindSpots(r, w)
	c.Privacy = w.say("People are a property of systems and tasks here: nobody is counted, ranked or timed. %s No working hours, speeds or totals of a person are computed. keyperson privacy prints what is read, why and how long it is kept.", veilWords(r, w))
	c.Glossary = glossary()
}

func veilWords(r *quarterly.Report, w *Words) string {
	if r.Hidden {
		return w.say("Names are replaced by stable pseudonyms; whoever knows the work will still guess some of them, so pass the report on with care.")
	}
	return w.say("Names are shown because they were asked for: pass the report on only to those who may see them.")
}

func mapped(r *quarterly.Report, w *Words) string {
	t := &r.Trust
	text := w.say("%[1]d files in systems from %[2]s; %[3]s of them belong to none", t.Files, origin(t.SystemOrigin, w), percent(t.Unmapped.Share))
	if t.Tickets > 0 {
		text = w.say("%[1]s; %[2]s of %[3]d tickets are placed in a task, %[4]d are executions; %[5]d manuals", text, percent(float64(t.Placed)/float64(t.Tickets)), t.Tickets, t.Executions, t.Runbooks)
	}
	return text
}

// origin translates where the systems came from, where it is one of the fixed phrases.
func origin(text string, w *Words) string {
	for _, known := range []string{"directories", "top-level directories", "CODEOWNERS", "workspace modules"} {
		if text == known {
			return w.say(known)
		}
	}
	return text
}

func excluded(r *quarterly.Report, w *Words) string {
	var parts []string
	for _, of := range r.Trust.Excluded {
		reason := of.Reason
		for _, known := range []string{"generated", "vendored", "documentation", "not text"} {
			if reason == known {
				reason = w.say(known)
			}
		}
		parts = append(parts, w.say("%[1]d %[2]s", of.Count, reason))
	}
	files := w.say("no files")
	if len(parts) > 0 {
		files = w.say("files: %s", w.join(parts))
	}
	return w.say("%[1]s; %[2]d mechanical commits, which give no knowledge", files, r.Trust.Mechanical)
}

func thresholds(r *quarterly.Report, w *Words) string {
	t := &r.Trust.Thresholds
	return w.say("active: code authored or reviewed, or a ticket worked on, within %.0[1]f days (merging alone does not count); half-life of knowledge of code %.0[2]f days, of tasks %.0[3]f; a person covers a file with %[4]s of the best familiarity, or with that of two changes half a half-life ago; a task stops at an absence risk of 50 %%; a manual is fresh for %.0[5]f days; nothing is said of tasks with under 5 runs",
		t.ActivityWindowDays, t.HalfLifeDays, t.TaskHalfLifeDays, percent(t.CoverShare), t.RunbookIntervalDays)
}

func (c *content) backtest(t *quarterly.Trust, w *Words) {
	b := t.Backtest
	switch {
	case !t.BacktestRun:
		c.Backtest = []string{w.say("Not measured: the report was made with --backtest=false.")}
		return
	case b == nil:
		c.Backtest = []string{w.say("Not measured: the history is too short to look back from an earlier date.")}
		return
	}
	c.Backtest = append(c.Backtest,
		w.say("Whoever the advice calls nearest: on this history, the one who did the next work on a file was among the first three named in %[1]s of %[2]d cases (mean reciprocal rank %.2[3]f, 95 %% of resamples %.2[4]f to %.2[5]f).",
			percent(b.Hit3), b.Works, b.MRR, b.Low, b.High))
	if b.BestOther != "" {
		c.Backtest = append(c.Backtest, w.say("The best simpler ranking, %[1]s, reached %[2]s and %.2[3]f.", rankingWords(b.BestOther, w), percent(b.BestOtherHit3), b.BestOtherMRR))
	}
	c.Backtest = append(c.Backtest, w.say("%s of the next works were by someone nobody could have named; they count as misses.", percent(b.Newcomers)))
	if b.HasCost {
		c.Backtest = append(c.Backtest, w.say("When files whose only active author had left were touched, it was by someone new to them in %[1]s of cases (n = %[2]d); with two or more authors left, in %[3]s (n = %[4]d).",
			percent(b.GoneByNewcomer), b.GoneWorks, percent(b.SharedByNewcomer), b.SharedWorks))
	}
}

func rankingWords(name string, w *Words) string {
	for _, known := range []string{"familiarity", "last author", "most commits", "decayed file", "decayed directory", "degree of authorship"} {
		if name == known {
			return w.say(known)
		}
	}
	return name
}

func (c *content) predictions(r *quarterly.Report, w *Words) {
	switch {
	case !r.PredictionsAsked:
		c.Predicted = w.say("No saved plan was given: with --plan FILE the report says what came of it.")
		return
	case len(r.Predictions) == 0:
		c.Predicted = w.say("The saved plan had nothing to score.")
		return
	}
	c.Predictions = table{Titles: []string{w.say("Action"), w.say("For"), w.say("Then"), w.say("Expected"), w.say("Now"), w.say("Outcome")}}
	for i := range r.Predictions {
		p := &r.Predictions[i]
		actual := percent(p.Actual)
		if p.Outcome == analyzer.CannotScore {
			actual = absent // whatever it is, it cannot be compared
		}
		c.Predictions.add(p.System, stepWords(p.Kind, w), p.Name, percent(p.Before), percent(p.Expected), actual, outcomeWords(p.Outcome, w))
	}
}

func stepWords(kind quarterly.StepKind, w *Words) string {
	switch kind {
	case quarterly.WriteManual:
		return w.say("write the manual")
	case quarterly.SuperviseRuns:
		return w.say("supervise two runs")
	case quarterly.PairOnCode:
		return w.say("pair on the code")
	}
	return w.say("pair on the task")
}

func outcomeWords(outcome analyzer.Outcome, w *Words) string {
	switch outcome {
	case analyzer.CameTrue:
		return w.say("came true")
	case analyzer.DidNot:
		return w.say("did not come true")
	case analyzer.NotDone:
		return w.say("not done")
	}
	return w.say("cannot be scored")
}

func blindSpots(r *quarterly.Report, w *Words) []string {
	spots := []string{
		w.say("Knowledge that leaves no trace: talking, watching, reading. Ask before you act on a name."),
		w.say("Why someone is away, and whether they are coming back: who has done nothing within the activity window counts as away."),
		w.say("How hard a task is, and what it costs when it stands still: the tier stands for that, where one is configured."),
		w.say("Work without a ticket or a commit."),
	}
	if !r.HasTickets {
		return append([]string{w.say("Recurring work: no tickets were read. Configure them under tickets in keyperson.yaml, or give --tickets FILE.")}, spots...)
	}
	return spots
}

// findingWords says what is wrong with the data: in English as it was found, else by its code.
func findingWords(code, message string, count int, w *Words) string {
	if w.name == "en" {
		return message
	}
	if text, isKnown := findingTexts[code]; isKnown {
		return w.say("%[1]s [%[2]s: %[3]d]", w.say(text), code, max(count, 1))
	}
	return w.say("Data quality finding %[1]s: %[2]d", code, max(count, 1))
}

// findingTexts are the findings that a report most often carries.
var findingTexts = map[string]string{
	"partial-clone":       "The clone is partial: renames with edits of missing files are not seen.",
	"truncated-tickets":   "Of some tickets only a part of the history was read.",
	"unmapped-tickets":    "Some tickets belong to no system.",
	"unmapped-files":      "Some files belong to no system.",
	"unplaced-tickets":    "Some tickets are in no task.",
	"identity-suspects":   "Some pairs of names may be one person each.",
	"stale-source":        "A source ends long before the date of the report.",
	"straggling-evidence": "Nearly all evidence ends long before the date of the report.",
	"rename-limit":        "Renames were not searched in some commits.",
	"shallow-clone":       "The clone is shallow: most of the history is missing.",
	"hostile-names":       "Some names hold characters that could mislead a reader.",
	"missing-objects":     "Some objects are missing from the repository.",
}

// terms of the glossary, in English and in Japanese; both are shown in every language.
var terms = [][3]string{
	{"absence risk", "不在リスク", "chance that nobody present can do a task when one person is away / 一人が不在のとき、作業できる人がいない確率"},
	{"individualization", "属人化", "routine work that hangs on one person / 定型作業が特定の一人に依存している状態"},
	{"work catalog", "作業カタログ", "the list of recurring kinds of work, one row a task / 繰り返し行われる作業の一覧"},
	{"manual (runbook)", "手順書", "a procedure that others can follow; maturity M0 to M7 / 他の人が実行できる手順。成熟度は M0〜M7"},
	{"levels A, B, C", "レベル A・B・C", "judgement work; recurring work; shared by a manual and two people / 判断業務、定型業務、手順書と二人以上で共有された業務"},
	{"bus factor", "バス係数", "fewest people whose absence uncovers most of a system / 不在になるとシステムの大半が担当者不在になる最少人数"},
	{"sole-person hours", "単独作業時間", "hours a year in tasks that one absence stops / 一人の不在で止まる作業の年間時間"},
	{"covers", "カバー", "active, wrote it or changed it twice, and knows half of what the best knows, or 1.41 fresh changes / 活動中で、書いたか二回以上変更し、最も詳しい人の半分以上、または新しい変更 1.41 回分の知識がある"},
}

func glossary() table {
	t := table{Titles: []string{"English", "日本語", "Meaning / 意味"}}
	for _, term := range terms {
		t.add("", term[0], term[1], term[2])
	}
	return t
}
