package report

import (
	"cmp"
	"fmt"
	"time"

	"keyperson/analyzer"
	"keyperson/sources"
)

// Explanation is the evidence behind one system, file, person, task or ticket.
type Explanation struct {
	*analyzer.Explanation
	Incomplete bool              // a fatal finding was accepted by the user
	Findings   []sources.Finding // about the input
	Explain    string            // beginning of the command line that explains something else of the same input; empty for none
	WhatIf     string            // likewise of the one that shows what an absence does
}

// Document is the explanation for a reader: what is said, who stands behind it, the commits.
func (e Explanation) Document() Document {
	var d Document
	switch {
	case e.System != nil:
		e.addSystem(&d)
	case e.File != nil:
		e.addFile(&d)
	case e.Person != nil:
		e.addPerson(&d)
	case e.Task != nil:
		e.addTask(&d)
	case e.Ticket != nil:
		e.addTicket(&d)
	}
	e.addEvidence(&d)
	if list := findingList(e.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	if next := e.next(); next != "" {
		d.add(Command{"Next", next})
	}
	return d
}

// next is the command that a reader will want after a person or a procedure; empty after anything else.
func (e Explanation) next() string {
	switch {
	case e.Person != nil && e.WhatIf != "" && e.Person.Person >= 0 && len(e.Person.Systems)+len(e.Person.Tasks) > 0:
		return e.WhatIf + " --leave " + ShellQuoted(e.People[e.Person.Person].ID)
	case e.File != nil && e.File.Runbook != nil && e.Explain != "" && len(e.File.Runbook.Tasks) > 0:
		return e.Explain + " " + ShellQuoted(e.File.Runbook.Tasks[0].ID)
	}
	return ""
}

func (e Explanation) title(d *Document, title string) {
	d.add(Heading{1, title + " as of " + moment(e.AsOf)})
	if e.Incomplete {
		d.add(Warning{incompleteWarning})
	}
}

func (e Explanation) addSystem(d *Document) {
	s := e.System.System
	e.title(d, fmt.Sprintf("%s: %s", s.ID, verdictWords(s.Verdict)))
	if s.VerdictReason != "" {
		d.add(Paragraph{s.VerdictReason})
	}
	d.add(append(e.systemFacts(s), e.relatedFacts()...))
	if len(s.KeyPeople) > 0 {
		table := Table{Columns: []Column{
			{Title: "Key person", Importance: 9, Shortest: 10},
			{Title: "Covers alone", Right: true, Importance: 8},
			{Title: "Last seen here", Importance: 7},
		}}
		for _, k := range s.KeyPeople {
			table.Rows = append(table.Rows, cells(e.name(k.Person), percent(k.CoveredAlone), day(k.LastSeen)))
		}
		d.add(Heading{2, "Whose absence leaves most of it uncovered"}, table)
	}
	if len(e.System.Holders) > 0 {
		d.add(Heading{2, "Who knows it"}, e.holders(e.System.Holders, false))
	}
	addHats(d, s.Hats)
	e.addRisks(d, "Its heaviest files", e.System.Files)
	if s.TopPerson >= 0 {
		e.addRisks(d, "Files that only "+e.name(s.TopPerson)+" covers", s.OnlyCovered)
	}
}

// relatedFacts say where else the people of a system work.
func (e Explanation) relatedFacts() Facts {
	if len(e.System.Related) == 0 {
		return nil
	}
	related := make([]string, len(e.System.Related))
	for i, r := range e.System.Related {
		related[i] = fmt.Sprintf("%s (%s)", r.System, grouped(r.People))
	}
	related[0] = fmt.Sprintf("%s (%s of the %s active here)", e.System.Related[0].System, grouped(e.System.Related[0].People), grouped(e.System.System.ActivePeople))
	return Facts{{"Beside it", "its people work on " + enumerate(related, 6)}}
}

func (e Explanation) systemFacts(s analyzer.System) Facts {
	facts := Facts{
		{"Files", fmt.Sprintf("%s, from %s", counted(s.Files, "file", "files"), s.Origin)},
		{"Evidence", fmt.Sprintf("%s by %s, %s of them within the activity window",
			counted(s.Commits, "commit", "commits"), counted(s.EverPeople, "person", "people"), grouped(s.RecentCommits))},
		{"Active", counted(s.ActivePeople, "person", "people")},
		{"Bus factor", busFactorSentence(s.BusFactor)},
		{"Uncovered", e.uncovered(s)},
	}
	if s.Team != "" {
		facts = append(facts, Fact{"Team", s.Team + " (as listed)"})
	}
	if s.TopPerson >= 0 {
		others := "never"
		if s.LastByOther != nil {
			others = fmt.Sprintf("%s, %s months before", day(*s.LastByOther), monthsAgo(s.MonthsSinceOther))
		}
		facts = append(facts, Fact{"Others", "last worked on it " + others})
	}
	if len(s.Robustness) > 1 {
		steps := make([]string, len(s.Robustness))
		for i, share := range s.Robustness {
			steps[i] = percent(share)
		}
		facts = append(facts, Fact{"Robustness", "covered after 0, 1, 2 … losses: " + enumerate(steps, 8)})
	}
	c := s.Comparison
	return append(facts, Fact{"Elsewhere", fmt.Sprintf(
		"contributor absence factor %d, truck factor %d, HHI %.2f, Gini %.2f, effective people %.1f, major/minor contributors %d/%d, top ownership %s",
		c.ContributorAbsenceFactor, c.TruckFactorAvelino, c.HHI, c.Gini, c.EffectivePeople, c.Major, c.Minor, percent(c.TopOwnership))})
}

func (e Explanation) uncovered(s analyzer.System) string {
	now := percent(s.UncoveredNow) + " as it is"
	if s.TopPerson < 0 {
		return now
	}
	return fmt.Sprintf("%s, %s without %s", now, percent(s.UncoveredWithoutTop), e.name(s.TopPerson))
}

func busFactorSentence(b analyzer.BusFactor) string {
	if !b.Enough {
		return "not enough evidence"
	}
	text := fmt.Sprintf("%d (proven minimal)", b.Value)
	if !b.Exact {
		text = fmt.Sprintf("at most %d (greedy search)", b.Value)
	}
	if b.Resamples > 0 {
		text += fmt.Sprintf("; 80 %% interval %s from %d resamples", span(b.Low, b.High), b.Resamples)
	}
	return text
}

func (e Explanation) addFile(d *Document) {
	f := e.File
	e.title(d, f.Path)
	facts := Facts{{"Repository", f.Repository}}
	switch {
	case f.Runbook != nil:
		facts = append(facts, Fact{"Systems", runbookSystems(f.Runbook)})
	case len(f.Systems) > 0:
		facts = append(facts, Fact{"Systems", enumerate(f.Systems, 8)})
	default:
		facts = append(facts, Fact{"Systems", "none"})
	}
	switch {
	case f.Runbook != nil && f.Exclusion == sources.Documentation.String(): // which a runbook is, and it is assessed as what it is
	case f.Exclusion != "":
		facts = append(facts, Fact{"Not assessed", f.Exclusion})
	default:
		facts = append(facts, Fact{"Weight", percent(f.ChangeWeight) + " of its system's changes"})
	}
	if len(f.FormerPaths) > 0 {
		facts = append(facts, Fact{"Formerly", enumerate(f.FormerPaths, 5)})
	}
	d.add(facts)
	if f.Runbook != nil {
		e.addRunbook(d, f.Runbook)
	}
	e.addHolders(d, f)
}

func measure(x *float64) string {
	if x == nil {
		return absent
	}
	return fmt.Sprintf("%.2f", *x)
}

func (e Explanation) addRisks(d *Document, title string, risks []analyzer.FileRisk) {
	if len(risks) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "File", Importance: 9, Shortest: 16},
		{Title: "Weight", Right: true, Importance: 7},
		{Title: "Commits", Right: true, Importance: 6},
		{Title: "Covered by", Importance: 8, Shortest: 10},
		{Title: "Nearest to take over", Importance: 8, Shortest: 10},
	}}
	for _, r := range risks {
		coverers := make([]string, len(r.Coverers))
		for i, person := range r.Coverers {
			coverers[i] = e.name(person)
		}
		table.Rows = append(table.Rows, cells(r.Path, percent(r.Weight), grouped(r.Commits), cmp.Or(enumerate(coverers, 2), "nobody"), e.name(r.Next)))
	}
	d.add(Heading{2, title}, table)
}

func (e Explanation) addEvidence(d *Document) {
	if len(e.Evidence) == 0 {
		return
	}
	several := e.severalRepositories()
	table := Table{Columns: []Column{
		{Title: "Date", Importance: 9},
		{Title: "Commit", Importance: 9},
		{Title: "Person", Importance: 7, Shortest: 10},
		{Title: "What", Importance: 6, Shortest: 14},
		{Title: "Weight", Right: true, Importance: 4},
		{Title: "Subject", Importance: 8, Shortest: 20},
	}}
	for _, line := range e.Evidence {
		commit := analyzer.ShortReference(line.Reference)
		if several {
			commit = line.Repository + " " + commit
		}
		row := cells(line.Time.UTC().Format(time.DateOnly), commit, e.name(line.Person), evidenceWords(line),
			fmt.Sprintf("%.3f", line.Familiarity), line.Subject)
		if line.Subject == "" {
			row[5].Text = line.Example
		}
		if line.Mechanical != "" {
			row[3].Tone, row[4].Text = Muted, "none"
		}
		table.Rows = append(table.Rows, row)
	}
	d.add(Heading{2, "Evidence, the heaviest first"}, table)
	switch {
	case e.Omitted == analyzer.Uncounted:
		d.add(Paragraph{"More lines of evidence are not shown; --limit shows more."})
	case e.Omitted > 0:
		d.add(Paragraph{fmt.Sprintf("%s not shown.", counted(e.Omitted, "more line of evidence is", "more lines of evidence are"))})
	}
}

func evidenceWords(line analyzer.EvidenceLine) string {
	text := line.Kind
	if line.Files != 1 {
		text += " " + counted(line.Files, "file", "files")
	} else if line.Example != "" {
		text += " " + line.Example
	}
	if line.Mechanical != "" {
		text += " (mechanical: " + line.Mechanical + ")"
	}
	return text
}

func (e Explanation) severalRepositories() bool {
	for _, line := range e.Evidence {
		if line.Repository != e.Evidence[0].Repository {
			return true
		}
	}
	return false
}

func (e Explanation) name(person int) string { return personName(e.People, person) }
