package quarterly

import (
	"path"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
)

// next says what the plan has for a risk, and who does it, or why it has nothing.
func next(of *quarterly.Risk, r *quarterly.Report, w *Words) string {
	step := &of.Step
	text := doing(step, w)
	switch step.Kind {
	case quarterly.NameOwner:
		return w.sentences(w.say("This quarter's plan has nothing for it: nobody here can teach it."), text)
	case quarterly.FindLearner:
		holder := of.Holder
		if holder == "" {
			holder = w.say("whoever did it last")
		}
		if len(step.Paths) > 0 {
			return w.say("This quarter's plan has nothing for it: nobody here is near enough to learn it. Name someone, and let them begin beside %[1]s, with the next change to %[2]s.", holder, step.Paths[0])
		}
		return w.say("This quarter's plan has nothing for it: nobody here is near enough to learn it. Name someone, and let them begin beside %s.", holder)
	case quarterly.NothingPlanned:
		return unplanned(step, r, w)
	}
	if step.Subject == analyzer.OfRunbook {
		return w.sentences(text, w.say("The plan is about tasks and code, and has nothing for manuals of alerts."))
	}
	if step.Further > 0 {
		text = w.sentences(text, w.count(step.Further, "%d more step of the plan follows.", "%d more steps of the plan follow."))
	}
	return text
}

// unplanned says why the plan has nothing for a risk that people here could teach one another.
func unplanned(step *quarterly.Step, r *quarterly.Report, w *Words) string {
	switch step.Unplanned {
	case quarterly.HoursUsed:
		return w.say("This quarter's plan has nothing for it: it would ask %[1]s for more than %[2]s.", step.Dictates, w.hoursOf(r.Plan.CapHours))
	case quarterly.OthersFirst:
		return w.say("This quarter's plan has nothing for it: other actions help more for each hour, or none would help it by much.")
	}
	return w.say("This quarter's plan has nothing for it: no action on it takes %.2f points of 100 off the whole risk.", r.Plan.Least)
}

// doing says what is done, and who does it.
func doing(step *quarterly.Step, w *Words) string {
	knows, learns := step.Dictates, step.Learns
	switch step.Kind {
	case quarterly.WriteManual:
		text := w.say("Write the manual: %[1]s dictates, %[2]s writes it down.", knows, learns)
		switch knows {
		case "":
			text = w.say("Write the manual: %s finds out how it is done and writes it down.", learns)
		case learns:
			text = w.say("Write the manual: %s writes it down.", learns)
		}
		return w.sentences(text, verifying(step, w))
	case quarterly.MendManual:
		if learns == "" {
			return w.say("Bring %s up to date.", firstPath(step))
		}
		return w.sentences(w.say("Bring %[1]s up to date: %[2]s writes down what it lacks.", firstPath(step), learns), verifying(step, w))
	case quarterly.SuperviseRuns:
		return w.say("%[2]s does it twice by the manual, %[1]s looks on.", knows, learns)
	case quarterly.PairOnTask:
		return w.say("%[2]s does it together with %[1]s.", knows, learns)
	case quarterly.PairOnCode:
		return w.say("Pair %[2]s with %[1]s on %[3]s.", knows, learns, pathList(step.Paths, w))
	}
	return w.say("Name someone who takes it over, and give them time to learn it.")
}

// verifying says who shows that a manual works, where someone is left for that.
func verifying(step *quarterly.Step, w *Words) string {
	if step.Verifies == "" || step.Verifies == step.Learns {
		return ""
	}
	return w.say("%s then does the task by it.", step.Verifies)
}

// longestCell is a sentence in a table.
const longestCell = 150

// pathList names files, those of one directory with it said once.
func pathList(paths []string, w *Words) string {
	if len(paths) < 2 {
		return w.join(paths)
	}
	names := make([]string, len(paths))
	for i, file := range paths {
		if path.Dir(file) != path.Dir(paths[0]) {
			return w.join(paths)
		}
		names[i] = path.Base(file)
	}
	if directory := path.Dir(paths[0]); directory != "." {
		return w.say("%[1]s in %[2]s", w.join(names), shortened(directory, longestName))
	}
	return w.say("%s in the top directory", w.join(names))
}

func firstPath(step *quarterly.Step) string {
	if len(step.Paths) == 0 {
		return shortened(step.Name, longestName)
	}
	return shortened(step.Paths[0], longestName)
}

// effect says what is expected of a step, absent where nothing is.
func effect(step *quarterly.Step, w *Words) string {
	if step.Expected == nil {
		return absent
	}
	text := w.say("%[1]s → %[2]s", percent(step.Before), percent(*step.Expected))
	if step.Low != nil && step.High != nil && percent(*step.Low) != percent(*step.High) {
		text += w.say(" (%[1]s to %[2]s)", percent(*step.Low), percent(*step.High))
	}
	if step.Hours != nil {
		text += w.say(", ") + w.hoursOf(*step.Hours)
	}
	return text
}

func (c *content) plan(r *quarterly.Report, w *Words) {
	c.manuals(r, w)
	c.pairs(r, w)
	c.PlanNote = planNote(r, w)
	c.leftOut(r, w)
}

func (c *content) manuals(r *quarterly.Report, w *Words) {
	c.Manuals = table{
		Titles: []string{w.say("Manual for"), w.say("Service"), w.say("Dictates"), w.say("Writes, then verifies"), w.say("Expected")},
		Empty:  w.say("The plan has no manual to write."),
	}
	if !r.HasTickets {
		c.Manuals.Empty = w.say("Not known: no tickets were read, and only they say which work recurs.")
	}
	for i := range r.Manuals {
		step := &r.Manuals[i]
		writes := step.Learns
		if step.Verifies != "" && step.Verifies != step.Learns {
			writes += w.say(", ") + step.Verifies
		}
		c.Manuals.add(step.System, step.Name, orAbsent(step.System), orAbsent(step.Dictates), orAbsent(writes), effect(step, w))
	}
}

func (c *content) pairs(r *quarterly.Report, w *Words) {
	c.Pairs = table{
		Titles: []string{w.say("What"), w.say("Service"), w.say("Teaches"), w.say("Learns"), w.say("Begin with"), w.say("Expected")},
		Empty:  w.say("The plan has nobody to pair."),
	}
	for i := range r.Pairs {
		step := &r.Pairs[i]
		begin := pathList(step.Paths, w)
		if step.Kind == quarterly.SuperviseRuns {
			begin = w.say("two runs by the manual")
		}
		c.Pairs.add(step.System, step.Name, orAbsent(step.System), orAbsent(step.Dictates), orAbsent(step.Learns), orAbsent(begin), effect(step, w))
	}
}

// planNote says what the figures of the plan are, and what it comes to as a whole.
func planNote(r *quarterly.Report, w *Words) string {
	p := &r.Plan
	var from []string
	if p.Tasks > 0 {
		from = append(from, w.count(p.Tasks, "%d task", "%d tasks"))
	}
	if p.Systems > 0 {
		from = append(from, w.count(p.Systems, "the code of %d system", "the code of %d systems"))
	}
	if len(r.Manuals)+len(r.Pairs) == 0 || len(from) == 0 {
		return ""
	}
	more := ""
	if r.MoreSteps > 0 {
		more = w.count(r.MoreSteps, "%d more action is in keyperson plan.", "%d more actions are in keyperson plan.")
	}
	return w.sentences(
		w.say("Expected: the risk before and after the action, the actions before it done too, in brackets 80 %% of resamples, and the hours it takes."),
		w.say("With the whole plan the risk goes from %.1[1]f to %.1[2]f of 100; it is from %[3]s.", p.Before, p.After, joinedAnd(from, w)), more,
	)
}

// joinedAnd joins at most two parts of a sentence.
func joinedAnd(parts []string, w *Words) string {
	if len(parts) == 2 {
		return w.say("%[1]s and %[2]s", parts[0], parts[1])
	}
	return w.join(parts)
}

// leftOut says what the plan does not do.
func (c *content) leftOut(r *quarterly.Report, w *Words) {
	names := map[string][]string{}
	for _, off := range r.Deferred {
		names[off.Person] = append(names[off.Person], off.Name)
	}
	for _, off := range r.Deferred {
		if of := names[off.Person]; of != nil {
			c.DeferredList = append(c.DeferredList, w.say("Put off, since it would ask %[1]s for more than %[2]s: %[3]s.", off.Person, w.hoursOf(r.Plan.CapHours), w.join(of)))
			names[off.Person] = nil
		}
	}
	if r.MoreDeferred > 0 {
		c.DeferredList = append(c.DeferredList, w.count(r.MoreDeferred, "%d more is put off; keyperson plan lists all.", "%d more are put off; keyperson plan lists all."))
	}
	if len(r.Unteachable) > 0 {
		c.DeferredList = append(c.DeferredList, w.say("What nobody here can teach or learn: %s. keyperson plan says what to do instead.", named(r.Unteachable, r.MoreUnteachable, w)))
	}
}

func orAbsent(text string) string {
	if text == "" {
		return absent
	}
	return text
}

func (t *table) add(system string, texts ...string) {
	for i := range texts {
		texts[i] = shortened(texts[i], longestCell)
	}
	t.Rows, t.Systems = append(t.Rows, texts), append(t.Systems, system)
}
