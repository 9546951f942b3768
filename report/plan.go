package report

import (
	"fmt"
	"strings"

	"keyperson/analyzer"
	"keyperson/sources"
)

// Plan is what to do first.
type Plan struct {
	*analyzer.Plan
	Findings   []sources.Finding
	Incomplete bool   // the user accepted incomplete data
	Explain    string // the command line that explains a subject, up to it
}

// Document is the plan for a reader.
func (p Plan) Document() Document {
	var d Document
	d.add(Heading{1, fmt.Sprintf("What to do first, from %s to %s", moment(p.AsOf), day(p.Until))})
	if p.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	d.add(p.facts())
	if list := findingList(p.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	if len(p.Actions) == 0 {
		d.add(Paragraph{p.nothing()})
	} else {
		d.add(Heading{2, "Actions, what helps most for each hour first"}, p.table(), Heading{2, "Why"}, p.reasons(), Paragraph{planLegend})
	}
	if later := p.deferred(); len(later.Items) > 0 {
		d.add(Heading{2, "Left for later"}, later)
	}
	if len(p.Unteachable) > 0 {
		d.add(Heading{2, "What nobody here can teach or learn"}, p.unteachable())
	}
	if len(p.Actions) > 0 && p.Explain != "" {
		d.add(Command{"Next", p.Explain + " " + ShellQuoted(p.Actions[0].Of)})
	}
	return d
}

// planLegend says what the columns mean.
const planLegend = "Risk now: the chance that nobody present can do the task if the top person is away; for code, the share of what changes that " +
	"would have nobody active who knows it. Then: the same on the last day, the actions before it done too, with the range of 80 % of resampled histories. " +
	"Points: what the whole risk drops by. Hours are those of all people in the row together."

func (p Plan) facts() Facts {
	var from []string
	if p.Tasks > 0 {
		from = append(from, counted(p.Tasks, "task", "tasks"))
	}
	if p.Systems > 0 {
		from = append(from, "the code of "+counted(p.Systems, "system", "systems"))
	}
	if len(from) == 0 {
		return Facts{{"Risk", "unknown: no task and no system has the evidence to be judged"}}
	}
	hours := 0.0
	for i := range p.Actions {
		hours += p.Actions[i].Hours
	}
	return Facts{
		{"Risk", fmt.Sprintf("%.1f of 100 now, %.1f when all of this is done; from %s", p.Risk, p.RiskThen, strings.Join(from, " and "))},
		{"Hours", fmt.Sprintf("%s in all, at most %s asked of one person until %s", oneDecimal(hours), oneDecimal(p.CapHours), day(p.Until))},
	}
}

func (p Plan) nothing() string {
	if p.Tasks+p.Systems == 0 {
		return "Nothing to plan."
	}
	if len(p.Deferred) > 0 {
		return "Nothing can be planned within what may be asked of one person."
	}
	if len(p.Unteachable) > 0 {
		return "Nothing can be planned that people here could teach one another."
	}
	return "Nothing that could be done would lower the risk by enough to be worth a line."
}

func (p Plan) table() Table {
	table := Table{Columns: []Column{
		{Title: "#", Right: true, Importance: 9},
		{Title: "Do", Importance: 9, Wrap: true},
		{Title: "For", Importance: 9, Wrap: true},
		{Title: "Dictates", Importance: 8, Wrap: true},
		{Title: "Writes or learns", Importance: 8, Wrap: true},
		{Title: "Shows it works", Importance: 7, Wrap: true},
		{Title: "Hours", Right: true, Importance: 9},
		{Title: "Risk now", Right: true, Importance: 8},
		{Title: "Then", Right: true, Importance: 8},
		{Title: "Points", Right: true, Importance: 6},
		{Title: "In 10 h", Right: true, Importance: 4},
	}}
	for i := range p.Actions {
		a := &p.Actions[i]
		table.Rows = append(table.Rows, cells(fmt.Sprint(i+1), string(a.Kind), a.Name, p.nameOf(a.Dictates), p.nameOf(a.Writes), p.verifier(a),
			oneDecimal(a.Hours), percent(a.Before), p.then(a), fmt.Sprintf("%.2f", a.Effect), fmt.Sprintf("%.2f", 10*a.PerHour)))
	}
	return table
}

func (p Plan) nameOf(person int) string {
	if person < 0 {
		return "nobody"
	}
	return personName(p.People, person)
}

// then writes what is expected with its interval.
func (p Plan) then(a *analyzer.Action) string {
	return fmt.Sprintf("%.0f (%.0f–%.0f) %%", 100*a.Expected, 100*a.Low, 100*a.High)
}

// verifier is who shows that it works, where that is someone else than who learns it.
func (p Plan) verifier(a *analyzer.Action) string {
	if a.Verifies >= 0 && a.Verifies == a.Writes {
		return "the same"
	}
	return p.nameOf(a.Verifies)
}

func oneDecimal(x float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0") }

func (p Plan) reasons() List {
	list := List{Ordered: true}
	for i := range p.Actions {
		a := &p.Actions[i]
		text := fmt.Sprintf("%s, %s: %s.", a.Name, a.Kind, a.Why)
		if len(a.Files) > 0 {
			text += " Files: " + strings.Join(a.Files, ", ") + "."
		}
		list.Items = append(list.Items, text)
	}
	return list
}

// deferred gathers what was left for later by why.
func (p Plan) deferred() List {
	var list List
	var reasons []string
	of := map[string][]string{}
	for _, a := range p.Deferred {
		if of[a.Reason] == nil {
			reasons = append(reasons, a.Reason)
		}
		of[a.Reason] = append(of[a.Reason], fmt.Sprintf("%s (%s)", a.Name, a.Kind))
	}
	for _, reason := range reasons {
		list.Items = append(list.Items, fmt.Sprintf("%s: %s.", asSentence(reason)[:len(asSentence(reason))-1], enumerate(of[reason], deferredShown)))
	}
	if p.Further > 0 {
		list.Items = append(list.Items, none(p.Further, "more action", "more actions")+" would lower the risk as well: --actions lists more.")
	}
	if p.Minor > 0 {
		list.Items = append(list.Items, none(p.Minor, "action", "actions")+fmt.Sprintf(" would lower it by less than %.2f points each, too little for a line.", p.Least))
	}
	return list
}

// deferredShown bounds what a reader sees of what was left for later for one reason; Records and View have all.
const deferredShown = 5

// unteachable lists what no action can help, and what to do instead.
func (p Plan) unteachable() List {
	var list List
	for i := range p.Unteachable {
		u := &p.Unteachable[i]
		if i == unteachableShown {
			list.Items = append(list.Items, fmt.Sprintf("And %s more: -f json lists them.", grouped(len(p.Unteachable)-i)))
			break
		}
		list.Items = append(list.Items, fmt.Sprintf("%s %s: %s. Instead: %s.", u.Subject, u.Name, u.Reason, u.Instead))
	}
	return list
}

// unteachableShown bounds what a reader sees of it; Records and View have all.
const unteachableShown = 10
