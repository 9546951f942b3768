package analyzer

// Riskable is something that may be a risk, whether it is one or not: what a waiver can be about.
type Riskable struct {
	Subject     Subject
	ID, Name    string
	Fingerprint string // that its risk has, or would have
}

// Riskables lists the systems, tasks and procedures of an assessment, in its order.
func Riskables(a *Assessment) []Riskable {
	var all []Riskable
	add := func(subject Subject, id, name string) {
		all = append(all, Riskable{Subject: subject, ID: id, Name: name, Fingerprint: fingerprint(subject, id)})
	}
	for i := range a.Systems {
		add(OfSystem, a.Systems[i].ID, a.Systems[i].Name)
	}
	for i := range a.Tasks {
		add(OfTask, a.Tasks[i].ID, a.Tasks[i].Name)
	}
	for i := range a.Runbooks {
		add(OfRunbook, a.Runbooks[i].key(), a.Runbooks[i].Title)
	}
	return all
}
