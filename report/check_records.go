package report

// checkRecord is one row of the decision's CSV. What a row is about stands in Record: "risk" (one a risk), then "gate" (the
// decision), "judged" (how many systems and tasks could be, of how many) and "finding" (on the data).
type checkRecord struct {
	*riskColumns
	Text        text      `csv:"text"`
	WaiverOwner text      `csv:"waiver_owner"`
	WaiverUntil timestamp `csv:"waiver_until"`
	Record      text      `csv:"record"`
	AsOf        timestamp `csv:"as_of"`
	Incomplete  bool      `csv:"incomplete"`
	Repository  text      `csv:"repository"` // that the path is in
	Item        text      `csv:"item"`       // decision, subject or code, by record
	Judged      *int      `csv:"judged"`
	Of          *int      `csv:"of"`
}

type riskColumns struct {
	Fingerprint text     `csv:"fingerprint"`
	Rule        text     `csv:"rule"`
	Subject     text     `csv:"subject"`
	ID          text     `csv:"id"`
	Name        text     `csv:"name"`
	System      text     `csv:"system"`
	Tier        int      `csv:"tier"`
	Path        text     `csv:"path"` // within the repository
	State       text     `csv:"state"`
	Fails       bool     `csv:"fails"`
	Value       decimal  `csv:"value"`
	Accepted    *decimal `csv:"accepted_value"`
	Weight      decimal  `csv:"weight"`
	N           int      `csv:"n"`
	Hours       *decimal `csv:"sole_person_hours"`
}

// Records is the decision for a spreadsheet.
func (c Check) Records() any {
	rows := append(
		c.riskRecords(),
		checkRecord{Record: "gate", Item: text(c.decision())},
		checkRecord{Record: "judged", Item: "system", Judged: &c.Systems.Judged, Of: &c.Systems.Of},
		checkRecord{Record: "judged", Item: "task", Judged: &c.Tasks.Judged, Of: &c.Tasks.Of},
	)
	for _, f := range c.Findings {
		rows = append(rows, checkRecord{Record: "finding", Item: text(f.Code), Text: text(findingText(f))})
	}
	for i := range rows {
		rows[i].AsOf, rows[i].Incomplete = timestamp(c.AsOf), c.Incomplete
	}
	return rows
}

// riskRecords has one row a risk.
func (c Check) riskRecords() []checkRecord {
	rows := []checkRecord{}
	for i := range c.Risks {
		j := &c.Risks[i]
		row := checkRecord{
			Record: "risk", AsOf: timestamp(c.AsOf), Incomplete: c.Incomplete, Repository: text(j.Repository), Text: text(j.Text),
			riskColumns: &riskColumns{
				Fingerprint: text(j.Fingerprint), Rule: text(j.Rule), Subject: text(j.Subject), ID: text(j.ID), Name: text(j.Name),
				System: text(j.System), Tier: j.Tier, Path: text(j.Path), State: text(j.State), Fails: j.Fails, Value: decimal(j.Value),
				Accepted: optionalDecimal(j.Accepted), Weight: decimal(j.Weight), N: j.N, Hours: mostHours(j.Hours),
			},
		}
		if j.Waiver != nil {
			row.WaiverOwner, row.WaiverUntil = text(j.Waiver.Owner), timestamp(j.Waiver.Until)
		}
		rows = append(rows, row)
	}
	return rows
}
