package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"keyperson/analyzer"
	"keyperson/sources"
)

// Assessment is the first screen: what was read, the systems with the worst first, what to do.
type Assessment struct {
	*analyzer.Assessment
	Show    int    // how many systems a reader sees; 0 for all. Records and View have all
	ShowAll string // the command line that shows all, named where some are left out
	Explain string // the command line that explains a system, up to the system
}

// incompleteRow is the only row of a table that has no other, but is made from data that the user had to accept: there is
// nothing else to say so beside.
const incompleteRow = "incomplete"

// incompleteWarning stands first in every document made from data that the user had to accept.
const incompleteWarning = "INCOMPLETE: the data has gaps that make scores unreliable; they are shown because --accept-incomplete was given."

// Document is the first screen for a reader.
func (a Assessment) Document() Document {
	var d Document
	d.add(Heading{1, fmt.Sprintf("Bus factors as of %s (%s)", moment(a.AsOf), methodWords(a.Method))})
	if a.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	d.add(a.facts())
	if list := findingList(a.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	if a.TruckFactor != nil {
		a.addTruckFactor(&d)
	}
	if len(a.Systems) > 0 {
		a.addSystems(&d)
	}
	if len(a.Sentences) > 0 {
		list := List{Ordered: true}
		for _, sentence := range a.Sentences {
			list.Items = append(list.Items, sentence.Text)
		}
		d.add(Heading{2, "What to look at first"}, list)
	}
	if next := a.worst(); next != "" && a.Explain != "" {
		d.add(Command{"Next", a.Explain + " " + ShellQuoted(next)})
	}
	return d
}

// worst is the system to explain first.
func (a Assessment) worst() string {
	if len(a.Systems) == 0 {
		return ""
	}
	return a.Systems[0].ID
}

func methodWords(m analyzer.Method) string {
	switch m {
	case analyzer.MethodFamiliarity:
		return "recency-weighted familiarity"
	case analyzer.MethodAvelino:
		return "recency-weighted familiarity; truck factor by the published tool: avelino"
	case analyzer.MethodAvelino2016:
		return "recency-weighted familiarity; truck factor by the paper: avelino-2016"
	case analyzer.MethodExpertise:
		return "degree of expertise"
	}
	return string(m)
}

func (a Assessment) facts() Facts {
	facts := a.readFacts()
	c := a.Census
	people := counted(c.People, "person", "people") + " behind " + counted(c.Identities, "name and address", "names and addresses")
	if c.Merged > 0 || c.Suspects > 0 {
		people += fmt.Sprintf(" (%s joined, %s more to review)", grouped(c.Merged), grouped(c.Suspects))
	}
	people += fmt.Sprintf("; %s active in the last %s", grouped(c.Active), counted(c.ActivityWindowDays, "day", "days"))
	facts = append(facts, Fact{"People", people}, Fact{"Left out", a.leftOut()})
	systems := counted(len(a.Systems), "system", "systems") + " from " + a.SystemOrigin
	if a.Unmapped.Files > 0 {
		systems += fmt.Sprintf("; %s (%s) in none, e.g. %s",
			counted(a.Unmapped.Files, "file", "files"), percent(a.Unmapped.Share), a.Unmapped.Example)
	}
	facts = append(facts, Fact{"Systems", systems})
	if len(a.Findings) == 0 {
		facts = append(facts, Fact{"Data", "no problems found"})
	}
	return facts
}

// repositoriesShown bounds the first screen when many repositories are read at once.
const repositoriesShown = 5

func (a Assessment) readFacts() Facts {
	var facts Facts
	label := "Read"
	for i, r := range a.Repositories {
		if i == repositoriesShown {
			facts = append(facts, Fact{"", fmt.Sprintf("and %s", counted(len(a.Repositories)-i, "more repository", "more repositories"))})
			break
		}
		text := r.Label + ": " + counted(r.Commits, "commit", "commits")
		if r.Merges > 0 {
			text += " (" + counted(r.Merges, "merge", "merges") + ")"
		}
		if !r.First.IsZero() {
			text += fmt.Sprintf(" from %s to %s", day(r.First), day(r.Last))
		}
		text += fmt.Sprintf("; %s at %s", counted(r.Files, "file", "files"), analyzer.ShortReference(r.Revision))
		facts = append(facts, Fact{label, text})
		label = ""
	}
	if a.Since != nil {
		facts = append(facts, Fact{"Since", "only evidence from " + day(*a.Since) + " on"})
	}
	return facts
}

func (a Assessment) leftOut() string {
	var parts []string
	if n := len(a.Census.Bots); n > 0 {
		parts = append(parts, counted(n, "bot", "bots")+" ("+enumerate(a.Census.Bots, 3)+")")
	}
	if n := len(a.Census.Agents); n > 0 {
		parts = append(parts, counted(n, "AI agent", "AI agents")+" ("+enumerate(a.Census.Agents, 3)+")")
	}
	total := 0
	var reasons []string
	for _, e := range a.Exclusions.Files {
		total += e.Count
		reasons = append(reasons, grouped(e.Count)+" "+e.Reason)
	}
	if total > 0 {
		parts = append(parts, counted(total, "file", "files")+" ("+strings.Join(reasons, ", ")+")")
	}
	if n := len(a.Exclusions.Mechanical); n > 0 {
		parts = append(parts, counted(n, "mechanical commit", "mechanical commits"))
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, "; ")
}

func findingList(findings []sources.Finding) List {
	var list List
	for _, f := range findings {
		text := findingText(f)
		if f.Severity == sources.Fatal {
			text = "FATAL " + text
		}
		code := f.Code
		if f.Count > 0 {
			code += ": " + grouped(f.Count)
		}
		list.Items = append(list.Items, text+" ["+code+"]")
	}
	return list
}

// findingText is a finding in running text, behind the repository that it is about.
func findingText(f sources.Finding) string {
	text := sentenceWithAdvice(f.Message, f.Advice)
	if f.Repository != "" {
		text = f.Repository + ": " + text
	}
	return text
}

// sentenceWithAdvice joins what is wrong and what to do about it into running text.
func sentenceWithAdvice(message, advice string) string {
	text := asSentence(message)
	if advice != "" {
		text += " " + asSentence(advice)
	}
	return text
}

// asSentence gives text a capital letter and a full stop, where they are missing. A path or a command at its
// beginning keeps its case.
func asSentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || first == utf8.RuneError {
		return s
	}
	if word, _, _ := strings.Cut(s, " "); !strings.ContainsAny(word, "./:") {
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	if strings.ContainsRune(".!?", rune(s[len(s)-1])) {
		return s
	}
	return s + "."
}

func (a Assessment) addTruckFactor(d *Document) {
	t := a.TruckFactor
	d.add(
		Heading{2, fmt.Sprintf("Truck factor %d, of everything read", t.Value)},
		Paragraph{fmt.Sprintf("Of %s with history, %s still have an author without the people below.",
			counted(t.Files, "file", "files"), exactPercent(t.CoverageLeft))},
	)
	if len(t.Developers) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "Developer", Importance: 9, Shortest: 8},
		{Title: "Files authored", Right: true, Importance: 9},
		{Title: "Share of files", Right: true, Importance: 8},
	}}
	for _, developer := range t.Developers {
		table.Rows = append(table.Rows, cells(a.name(developer.Person), grouped(developer.Files), exactPercent(developer.Share)))
	}
	d.add(table)
}

func (a Assessment) addSystems(d *Document) {
	shown := a.Systems
	if a.Show > 0 && len(shown) > a.Show {
		shown = shown[:a.Show]
	}
	table := Table{Columns: []Column{
		{Title: "System", Importance: 9, Shortest: 8},
		{Title: "Files", Right: true, Importance: 3},
		{Title: "Bus factor", Right: true, Importance: 9},
		{Title: "People active", Right: true, Importance: 4},
		{Title: "Top share", Right: true, Importance: 2},
		{Title: "Key person", Importance: 8, Shortest: 8},
		{Title: "Uncovered without", Right: true, Importance: 7},
		{Title: "Months since others", Right: true, Importance: 5},
	}}
	if a.Work.Tickets > 0 {
		table.Columns = append(table.Columns,
			Column{Title: "Tasks", Right: true, Importance: 4}, Column{Title: "Would stop", Right: true, Importance: 7}, Column{Title: "Worst task", Importance: 6, Shortest: 12})
	}
	table.Columns = append(table.Columns, Column{Title: "Verdict", Importance: 9, Wrap: true})
	for _, s := range shown {
		table.Rows = append(table.Rows, a.systemRow(s))
	}
	if len(a.Systems) > 1 {
		whole := a.Whole
		whole.ID = "everything"
		table.Rows = append(table.Rows, a.systemRow(whole))
	}
	heading := "Systems, the worst first"
	if a.TruckFactor != nil {
		heading = "Systems by familiarity, the worst first"
	}
	d.add(Heading{2, heading}, table, Paragraph{a.systemsLegend()})
	if hidden := len(a.Systems) - len(shown); hidden > 0 {
		d.add(Command{counted(hidden, "more system", "more systems"), a.ShowAll})
	}
}

// systemsLegend says what the columns of the table are about.
func (a Assessment) systemsLegend() string {
	legend := "Key person: whose absence leaves most of what changes with nobody active who knows it. Bus factor: how many such absences it takes for over half."
	if a.Work.Tickets > 0 {
		legend += " Tasks are from tickets: the worst one may hang on someone else."
	}
	return legend
}

// leastLoss is the share that an absence has to uncover before a table points at anyone for it.
const leastLoss = 0.01

func (a Assessment) systemRow(s analyzer.System) []Cell {
	row := cells(s.ID, grouped(s.Files), busFactorWords(s.BusFactor), grouped(s.ActivePeople),
		percent(s.TopShare), a.name(s.TopPerson), percent(s.UncoveredWithoutTop), monthsAgo(s.MonthsSinceOther))
	if s.TopPerson < 0 {
		row[6].Text, row[7].Text = percent(s.UncoveredNow), absent
	}
	if s.UncoveredWithoutTop-s.UncoveredNow < leastLoss {
		row[4].Text, row[5].Text, row[7].Text = absent, absent, absent
	}
	if s.Verdict == analyzer.VerdictThin {
		row[4].Text, row[5].Text, row[6].Text, row[7].Text = absent, absent, absent, absent
	}
	if a.Work.Tickets > 0 {
		worst := absent
		if s.Tasks.Worst >= 0 {
			worst = a.Tasks[s.Tasks.Worst].Name
		}
		row = append(row, cells(grouped(s.Tasks.Count), grouped(s.Tasks.Stops), worst)...)
	}
	return append(row, Cell{Text: verdictWords(s.Verdict), Tone: verdictTone(s.Verdict)})
}

// name is the name of a person by index; negative is nobody.
func (a Assessment) name(person int) string { return personName(a.People, person) }

func personName(people []analyzer.Person, index int) string {
	if index < 0 || index >= len(people) {
		return absent
	}
	return people[index].Name
}

// busFactorWords writes a bus factor with its interval; a leading ≤ says that it is not proven minimal.
func busFactorWords(b analyzer.BusFactor) string {
	if !b.Enough {
		return absent
	}
	text := fmt.Sprint(b.Value)
	if !b.Exact {
		text = "≤" + text
	}
	if b.Resamples > 0 {
		text += " (" + span(b.Low, b.High) + ")"
	}
	return text
}

func verdictWords(v analyzer.Verdict) string {
	switch v {
	case analyzer.VerdictOrphaned:
		return "nobody left"
	case analyzer.VerdictOnePerson:
		return "one person"
	case analyzer.VerdictTwoPeople:
		return "two people"
	case analyzer.VerdictThin:
		return "not enough evidence"
	}
	return strings.ReplaceAll(string(v), "-", " ")
}

func verdictTone(v analyzer.Verdict) Tone {
	switch v {
	case analyzer.VerdictOrphaned, analyzer.VerdictOnePerson:
		return Alert
	case analyzer.VerdictTwoPeople, analyzer.VerdictThinlyCovered:
		return Caution
	case analyzer.VerdictDormant, analyzer.VerdictThin:
		return Muted
	}
	return Plain
}

// ShellQuoted writes a word so that a POSIX shell reads it back.
func ShellQuoted(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+,="
	if s != "" && strings.Trim(s, plain) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
