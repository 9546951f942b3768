package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"keyperson/analyzer/backtest"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

// Backtest is how far a recommendation of who does the next work can be trusted on a history.
type Backtest struct {
	*backtest.Result
	Findings   []sources.Finding
	Incomplete bool // a fatal finding was accepted by the user
	Show       int  // systems shown to a reader; 0: all
}

// Document is the backtest for a reader.
func (b Backtest) Document() Document {
	var d Document
	d.add(Heading{1, "Backtest: who did the next work on a file"})
	if b.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	d.add(b.facts())
	if len(b.Pooled.Scores) == 0 {
		d.add(Warning{"Not enough evidence: no cut-off has 20 next works or more. Give earlier dates with --cutoff, or a longer --horizon."})
	} else {
		d.add(Paragraph{b.verdict()})
		for _, group := range b.shownGroups() {
			d.add(Heading{2, b.titleOf(group)}, rankingTable(group))
		}
		d.add(Heading{2, "By repository"}, b.groupTable("Repository", b.ByRepository))
	}
	b.addSystems(&d)
	d.add(Heading{2, "Cut-offs"}, b.cellTable())
	if g := b.Tasks; len(g.Scores) > 0 {
		d.add(Heading{2, fmt.Sprintf("Who does the next ticket of a kind of work (%s opened in %s)", counted(g.Works, "ticket", "tickets"), counted(g.Commits, "week", "weeks"))},
			Paragraph{fmt.Sprintf("By what was done before each ticket was opened; %s are by someone who had done none.", percent(g.Newcomers))}, rankingTable(g))
	}
	b.addConfidence(&d)
	b.addCost(&d)
	b.addFit(&d)
	if list := findingList(b.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	return d
}

func (b Backtest) facts() Facts {
	files := 0
	for _, cell := range b.Cells {
		files += cell.Works
	}
	return Facts{
		{"Question", fmt.Sprintf("who makes the first commit to each existing file within %s days after a cut-off, by what was known then", number(b.HorizonDays))},
		{"Compared", fmt.Sprintf("%s of %s in %s at %s", grouped(b.Works()), counted(files, "next work", "next works"),
			counted(len(b.Repositories), "repository", "repositories"), counted(len(b.Cells), "cut-off", "cut-offs"))},
		{"Newcomers", percent(b.Pooled.Newcomers) + " of next works are by someone nobody could have ranked; they count as misses"},
		{"MRR", "mean of 1 / rank of who did it: 1 always first, 0.5 always second; in brackets 95 % of resampled commits"},
	}
}

// verdict says in a sentence whether the default may be trusted more than anything simpler.
func (b Backtest) verdict() string {
	scores := b.Pooled.Scores
	best := bestBaseline(b.Pooled)
	lead, ahead := scores[0], scores[best]
	first := fmt.Sprintf("The default ranking had who did the next work first in %s of cases and among the first three in %s", percent(lead.Hit1.Value), percent(lead.Hit3.Value))
	switch {
	case ahead.Behind.Low > 0:
		return fmt.Sprintf("%s; the best simpler one, %s, in %s and %s. The difference in MRR is %s.", first, ahead.Ranking,
			percent(ahead.Hit1.Value), percent(ahead.Hit3.Value), signed(ahead.Behind))
	case ahead.Behind.High < 0:
		return fmt.Sprintf("%s, which is less than %s reaches here (MRR %s): do not rely on the default ranking for this history, or try --fit.",
			first, ahead.Ranking, signed(ahead.Behind))
	}
	return fmt.Sprintf("%s. This history cannot tell it from the best simpler one, %s (MRR %s).", first, ahead.Ranking, signed(ahead.Behind))
}

// bestBaseline is the index of the highest mean reciprocal rank beside the default's.
func bestBaseline(g backtest.Group) int {
	best := 1
	for i := 2; i < len(g.Scores); i++ {
		if g.Scores[i].MRR.Value > g.Scores[best].MRR.Value {
			best = i
		}
	}
	return best
}

// shownGroups are the groups with anything in them that are not all of it again.
func (b Backtest) shownGroups() []backtest.Group {
	groups := []backtest.Group{b.Pooled}
	if b.Large.Cells > 0 && b.Small.Cells > 0 {
		groups = append(groups, b.Large, b.Small)
	}
	if b.Gone.Cells > 0 {
		groups = append(groups, b.Gone)
	}
	if b.Successor.Cells > 0 {
		groups = append(groups, b.Successor)
	}
	return groups
}

func (b Backtest) titleOf(g backtest.Group) string {
	n := fmt.Sprintf("%s in %s", counted(g.Works, "next work", "next works"), counted(g.Commits, "commit", "commits"))
	switch g.Name {
	case b.Pooled.Name:
		return fmt.Sprintf("All, each repository and cut-off with equal weight (%s)", n)
	case b.Gone.Name:
		return fmt.Sprintf("Files whose best-knowing person was not active any more (%s)", n)
	case b.Successor.Name:
		return fmt.Sprintf("Work by someone else than the best-knowing person, who is left out: the next in line (%s)", n)
	}
	return fmt.Sprintf("Repositories with %s (%s)", g.Name, n)
}

func rankingTable(g backtest.Group) Table {
	table := Table{Columns: []Column{
		{Title: "Ranking", Importance: 9, Shortest: 12},
		{Title: "MRR", Right: true, Importance: 9},
		{Title: "hit@1", Right: true, Importance: 6},
		{Title: "hit@3", Right: true, Importance: 8},
		{Title: "Default ahead by (MRR)", Right: true, Importance: 7},
		{Title: "Default ahead by (hit@3)", Right: true, Importance: 4},
	}}
	for i, s := range g.Scores {
		behind, behind3 := absent, absent
		if i > 0 {
			behind, behind3 = signed(s.Behind), signed(s.Behind3)
		}
		table.Rows = append(table.Rows, cells(s.Ranking, bracketed(s.MRR), bracketed(s.Hit1), bracketed(s.Hit3), behind, behind3))
	}
	return table
}

// groupTable is one line a group: the default beside the best of the others.
func (b Backtest) groupTable(title string, groups []backtest.Group) Table {
	table := Table{Columns: []Column{
		{Title: title, Importance: 9, Shortest: 10},
		{Title: "Works", Right: true, Importance: 7},
		{Title: "Newcomers", Right: true, Importance: 4},
		{Title: "MRR", Right: true, Importance: 9},
		{Title: "hit@3", Right: true, Importance: 6},
		{Title: "Best other", Importance: 8},
		{Title: "Its MRR", Right: true, Importance: 8},
		{Title: "Default ahead by", Right: true, Importance: 7},
	}}
	for _, g := range groups {
		if len(g.Scores) == 0 {
			table.Rows = append(table.Rows, cells(g.Name, grouped(g.Works), absent, absent, absent, "not enough evidence", absent, absent))
			continue
		}
		best := g.Scores[bestBaseline(g)]
		table.Rows = append(table.Rows, cells(g.Name, grouped(g.Works), percent(g.Newcomers), threeDecimals(g.Scores[0].MRR.Value),
			threeDecimals(g.Scores[0].Hit3.Value), best.Ranking, threeDecimals(best.MRR.Value), signed(best.Behind)))
	}
	return table
}

func (b Backtest) addSystems(d *Document) {
	if len(b.BySystem) == 0 {
		return
	}
	shown := b.BySystem
	if b.Show > 0 && len(shown) > b.Show {
		shown = shown[:b.Show]
	}
	d.add(Heading{2, "By system, those with most next works first"}, b.groupTable("System", shown))
	if hidden := len(b.BySystem) - len(shown); hidden > 0 {
		d.add(Paragraph{fmt.Sprintf("%s: --format csv or json lists them.", counted(hidden, "more system", "more systems"))})
	}
}

func (b Backtest) cellTable() Table {
	table := Table{Columns: []Column{
		{Title: "Repository", Importance: 9, Shortest: 10},
		{Title: "Cut-off", Importance: 9},
		{Title: "People ever", Right: true, Importance: 3},
		{Title: "Files", Right: true, Importance: 5},
		{Title: "Next works", Right: true, Importance: 8},
		{Title: "Compared", Right: true, Importance: 6},
		{Title: "By newcomers", Right: true, Importance: 6},
		{Title: "Pooled", Importance: 4},
	}}
	for _, c := range b.Cells {
		isPooled := "yes"
		if !c.Enough {
			isPooled = "no: under 20"
		}
		repository := b.Repositories[c.Repository]
		table.Rows = append(table.Rows, cells(repository.Label, day(c.Cutoff), grouped(repository.People), grouped(c.Files),
			grouped(c.Works), grouped(c.Sampled), grouped(c.Newcomers), isPooled))
	}
	return table
}

func (b Backtest) addConfidence(d *Document) {
	d.add(Heading{2, "What the words of confidence are worth"}, confidenceTable(b.Confidence))
	d.add(Heading{2, "What they are worth in a handover"}, confidenceTable(b.AfterLeaving), Paragraph{
		"On files whose best-knowing person did nothing within the horizon: of those who are left and were active, the first. It takes more to be strong.",
	})
}

func confidenceTable(bins []backtest.ConfidenceBin) Table {
	table := Table{Columns: []Column{
		{Title: "Word", Importance: 9},
		{Title: "Share of all scores", Importance: 7},
		{Title: "Works", Right: true, Importance: 6},
		{Title: "Commits", Right: true, Importance: 4},
		{Title: "The first did it", Right: true, Importance: 9},
		{Title: "In public histories", Right: true, Importance: 5},
	}}
	for _, bin := range bins {
		hit := absent
		if bin.Works > 0 {
			hit = bracketed(bin.Hit1)
		}
		table.Rows = append(table.Rows, cells(string(bin.Word), "at least "+percent(bin.LeastShare), grouped(bin.Works), grouped(bin.Commits), hit, threeDecimals(bin.Expected)))
	}
	return table
}

func (b Backtest) addCost(d *Document) {
	d.add(Heading{2, "What one-person files cost"})
	c := b.Cost
	if !c.Enough {
		d.add(Paragraph{fmt.Sprintf("Not enough evidence: %s whose only active author left, and %s with two or more active authors, have a match of the other kind; 20 of each are needed.",
			counted(c.Left.Files, "file", "files"), grouped(c.Shared.Files))})
		return
	}
	d.add(Table{
		Columns: []Column{
			{Title: "Files", Importance: 9, Wrap: true},
			{Title: "Number", Right: true, Importance: 6},
			{Title: "Touched within a year", Right: true, Importance: 9},
			{Title: "Of those, by someone new to the file", Right: true, Importance: 9},
		},
		Rows: [][]Cell{
			cells("whose only active author left", grouped(c.Left.Files), bracketed(c.Left.Touched), bracketed(c.Left.ByNewcomers)),
			cells("with two or more active authors", grouped(c.Shared.Files), bracketed(c.Shared.Touched), bracketed(c.Shared.ByNewcomers)),
		},
	}, Paragraph{fmt.Sprintf("Files whose only active author left are touched %s times as often as the others. Matched by repository, date (%s), commits to the file and time since the last.",
		bracketed(c.TouchRatio), counted(c.Dates, "date looked from", "dates looked from"))})
}

func (b Backtest) addFit(d *Document) {
	if b.Fit == nil {
		return
	}
	f := b.Fit
	d.add(Heading{2, "Weights fitted to earlier cut-offs"}, Facts{
		{"Fitted to", fmt.Sprintf("%s in %s before the first cut-off", counted(f.Choices, "next work", "next works"), counted(f.Commits, "commit", "commits"))},
	})
	table := Table{Columns: []Column{
		{Title: "Cut-offs", Importance: 9},
		{Title: "Works", Right: true, Importance: 5},
		{Title: "MRR as given", Right: true, Importance: 9},
		{Title: "MRR fitted", Right: true, Importance: 9},
		{Title: "hit@3 as given", Right: true, Importance: 6},
		{Title: "hit@3 fitted", Right: true, Importance: 6},
		{Title: "MRR gained", Right: true, Importance: 8},
	}}
	for _, g := range []backtest.Group{f.InTime, f.OutTime, f.LeftOut} {
		if len(g.Scores) != 2 {
			continue
		}
		gained := g.Scores[1].Behind
		table.Rows = append(table.Rows, cells(g.Name, grouped(g.Works), bracketed(g.Scores[0].MRR), bracketed(g.Scores[1].MRR),
			threeDecimals(g.Scores[0].Hit3.Value), threeDecimals(g.Scores[1].Hit3.Value), signed(backtest.Estimate{Value: -gained.Value, Low: -gained.High, High: -gained.Low})))
	}
	d.add(table)
	advice := "The fitted weights are no better on the time after by more than the interval: keep those given."
	if f.IsBetter {
		advice = "The fitted weights are better on the time after, too."
	}
	d.add(Paragraph{advice}, Command{"To use the fitted weights, put into keyperson.yaml", Snippet(f.Weights)})
}

// Snippet is the line of keyperson.yaml that sets the weights that can be fitted.
func Snippet(w ranking.Weights) string {
	var parts []string
	for _, weight := range []struct {
		key   string
		value float64
	}{
		{"directory", w.Directory},
		{"co_change", w.CoChange},
		{"subtree", w.Subtree},
		{"anyone", w.Anyone},
		{"presence_power", w.PresencePower},
	} {
		parts = append(parts, weight.key+": "+strconv.FormatFloat(weight.value, 'g', 3, 64))
	}
	return "ranking: {" + strings.Join(parts, ", ") + "}"
}

// threeDecimals writes a score in [0,1] as the literature does.
func threeDecimals(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return absent
	}
	return strconv.FormatFloat(x, 'f', 3, 64)
}

func bracketed(e backtest.Estimate) string {
	return fmt.Sprintf("%s (%s–%s)", threeDecimals(e.Value), threeDecimals(e.Low), threeDecimals(e.High))
}

// signed writes a difference with its interval.
func signed(e backtest.Estimate) string {
	return fmt.Sprintf("%+.3f (%+.3f to %+.3f)", e.Value, e.Low, e.High)
}

// number writes a quantity without needless decimals.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
