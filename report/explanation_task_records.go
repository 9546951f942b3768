package report

// taskRecords are a task's measures, its executors and its tickets.
func (e Explanation) taskRecords() []explanationRecord {
	t := &e.Task.Task
	rows := []explanationRecord{{Record: "task", Item: text(t.ID), Kind: text(t.Quadrant), CommitCount: nil, Text: text(t.Name)}}
	measure := func(name string, value float64) {
		rows = append(rows, explanationRecord{Record: "measure", Item: text(name), Share: new(decimal(value))})
	}
	if t.Enough {
		measure("same_hands", t.SameHands)
		measure("top_share", t.TopShare)
		measure("effective_executors", t.EffectiveExecutors)
		measure("risk_now", t.RiskNow)
		measure("absence_risk", t.AbsenceRisk)
		measure("absence_risk_low", t.RiskLow)
		measure("absence_risk_high", t.RiskHigh)
		measure("routineness", t.Routineness.Value)
		measure("individualization", t.Individualization)
	}
	for _, x := range t.Executors {
		row := explanationRecord{Record: "executor", Share: new(decimal(x.Share)), Familiarity: new(decimal(x.Practice)), Kind: text(x.Capability)}.about(e.People, x.Person)
		row.LastSeen = new(timestamp(x.LastSeen))
		rows = append(rows, row)
	}
	for _, line := range e.Task.Tickets {
		rows = append(rows, explanationRecord{
			Record: "ticket", Reference: text(line.Key), Time: new(timestamp(line.Time)), Kind: text(line.Reason), Text: text(line.Summary),
		}.about(e.People, line.Person))
	}
	return rows
}

// ticketRecords are a ticket's place and what each person did on it.
func (e Explanation) ticketRecords() []explanationRecord {
	t := e.Ticket
	rows := []explanationRecord{{Record: "ticket", Reference: text(t.Key), Item: text(t.Task), Kind: text(t.PlacedBy), Text: text(t.Verdict)}}
	for _, d := range t.Deeds {
		rows = append(rows, explanationRecord{Record: "deed", Familiarity: new(decimal(d.Points)), Text: text(d.Reason)}.about(e.People, d.Person))
	}
	return rows
}
