package report

// addNext says what to do about a departure: the plan that lowers what it costs, and the handover of what it hits most. With a
// plan given, what that does not save comes first.
func (x WhatIf) addNext(d *Document) {
	system, leaver, isHit := x.worst()
	if !isHit {
		return
	}
	if x.After == nil && x.Plan != "" {
		d.add(Command{"What to do before, for --after-actions to look at", x.Plan})
	}
	if leaver < 0 || x.Handover == "" {
		return
	}
	line := x.Handover
	if system != "" {
		line += " " + ShellQuoted(system)
	}
	d.add(Command{"Who can take over, and when that is done", line + " --leaver " + ShellQuoted(x.People[leaver].ID)})
}

// worst is the system that is hit most by the departure and not saved by the plan, and the one who hands it over: one that is
// lost, else that of a task that is, else one that falls to one person. An empty system stands for everything.
func (x WhatIf) worst() (system string, leaver int, isHit bool) {
	for i := range x.Systems {
		s := &x.Systems[i]
		if s.IsLost() && !s.WasLost() && (s.Planned == nil || s.Planned.Help.Fails()) {
			return s.System, s.Holder, true
		}
	}
	for i := range x.Tasks {
		t := &x.Tasks[i]
		if t.IsLost() && t.LosesMain && (t.Planned == nil || t.Planned.Help.Fails()) {
			return t.System, t.Holder, true
		}
	}
	for i := range x.Systems {
		s := &x.Systems[i]
		if s.FallsTo >= 0 && (s.Planned == nil || s.Planned.Help.Fails()) {
			return s.System, s.Holder, true
		}
	}
	return "", -1, false
}
