package quarterly

import (
	"path"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
)

// next says what to do, and who.
func next(step *quarterly.Step, w *Words) string {
	dictates, learns := step.Dictates, step.Learns
	if dictates == "" {
		dictates = w.say("whoever did it last")
	}
	someone := learns
	if learns == "" {
		someone = w.say("someone who has not done it yet")
	}
	switch step.Kind {
	case quarterly.WriteManual:
		return w.say("Write the manual: %[1]s dictates, %[2]s writes it down and then does the task twice by it.", dictates, someone)
	case quarterly.MendManual:
		if step.Subject == analyzer.OfRunbook {
			return w.say("Bring %s up to date.", firstPath(step))
		}
		return w.say("Bring %[3]s up to date: %[1]s checks it, %[2]s then does the task twice by it.", dictates, someone, firstPath(step))
	case quarterly.SuperviseRuns:
		return w.say("%[2]s does it twice by the manual, %[1]s looks on.", dictates, someone)
	case quarterly.PairOnTask:
		return w.say("%[2]s does it together with %[1]s.", dictates, someone)
	case quarterly.PairOnCode:
		files := pathList(step.Paths, w)
		if learns == "" && files == "" {
			return w.say("Find someone to pair with %s.", dictates)
		}
		if learns == "" {
			return w.say("Nobody else is near: find someone to change %[2]s together with %[1]s.", dictates, files)
		}
		if files == "" {
			return w.say("Pair %[2]s with %[1]s.", dictates, learns)
		}
		return w.say("Pair %[2]s with %[1]s on %[3]s.", dictates, learns, files)
	}
	return w.say("Name someone who takes it over, and give them time to learn it.")
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
	return w.say("%[1]s in %[2]s", w.join(names), shortened(path.Dir(paths[0]), longestName))
}

func firstPath(step *quarterly.Step) string {
	if len(step.Paths) == 0 {
		return shortened(step.Name, longestName)
	}
	return shortened(step.Paths[0], longestName)
}

// effect says what is expected of a step.
func effect(step *quarterly.Step, w *Words) string {
	if step.Expected == nil {
		return w.say("cannot be computed before someone begins")
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
	c.Manuals = table{
		Titles: []string{w.say("Manual for"), w.say("Service"), w.say("Dictates"), w.say("Writes, then verifies"), w.say("Expected")},
		Empty:  w.say("No manual would lower a risk by much."),
	}
	for i := range r.Manuals {
		step := &r.Manuals[i]
		writes := step.Learns
		if writes == "" {
			writes = w.say("someone new to it")
		}
		if step.Verifies != "" && step.Verifies != step.Learns {
			writes += w.say(", ") + step.Verifies
		}
		c.Manuals.add(step.System, step.Name, orAbsent(step.System), orAbsent(step.Dictates), writes, effect(step, w))
	}
	c.Pairs = table{
		Titles: []string{w.say("What"), w.say("Service"), w.say("Teaches"), w.say("Learns"), w.say("Begin with"), w.say("Expected")},
		Empty:  w.say("Nobody is near enough to anything that hangs on one person to be named."),
	}
	for i := range r.Pairs {
		step := &r.Pairs[i]
		begin := pathList(step.Paths, w)
		if step.Kind == quarterly.SuperviseRuns {
			begin = w.say("two runs by the manual")
		}
		c.Pairs.add(step.System, step.Name, orAbsent(step.System), orAbsent(step.Dictates), orAbsent(step.Learns), orAbsent(begin), effect(step, w))
	}
	if r.PlanBefore != nil && r.PlanAfter != nil {
		c.PlanNote = w.say("Expected: the risk before and after the action, in brackets 80 %% of resamples, and the hours it takes. With all actions of the plan the mean individualization falls from %.0[1]f to %.0[2]f of 100.", *r.PlanBefore, *r.PlanAfter)
	} else if len(r.Manuals)+len(r.Pairs) > 0 {
		c.PlanNote = w.say("Expected: the same formulas with two more runs by a second person and a manual at M3, or with the files named covered by a second person.")
	}
	for i := range r.Deferred {
		name, reason := shortened(r.Deferred[i].Name, longestName), r.Deferred[i].Reason
		if w.name != "en" {
			reason = "" // reasons are in English
		}
		c.DeferredList = append(c.DeferredList, w.sentences(w.say("Put off: %s.", name), reason))
	}
	if len(r.Unteachable) > 0 {
		names := w.join(r.Unteachable)
		if r.MoreUnteachable > 0 {
			names += w.say(" and %d more", r.MoreUnteachable)
		}
		c.DeferredList = append(c.DeferredList, w.say("What nobody here can teach or learn: %s. keyperson plan says what to do instead.", names))
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
