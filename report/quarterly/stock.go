package quarterly

import (
	"fmt"

	"keyperson/analyzer/quarterly"
)

// bars are stacked columns, one a quarter.
type bars struct {
	Width, Height, Bottom float64
	Bars                  []bar
}

type bar struct {
	X, Width, LabelX float64
	Label            string
	Parts            []barPart
}

// barPart is one level; its letter stands in it, so that no colour is needed.
type barPart struct {
	Y, Height, TextY float64
	Class, Letter    string
	Hint             string
}

const (
	stockWidth, stockHeight, stockTop, stockBottom = 680.0, 150.0, 6.0, 128.0
	leastLabelled                                  = 11.0 // height of a part that can hold its letter
)

// level is one part of every bar.
type level struct {
	class, letter, name string
	of                  func(*quarterly.QuarterStock) int
}

// title is a level as a column is called.
func (l *level) title() string { return l.letter + ": " + l.name }

// stock draws the work catalog at the ends of quarters; without tickets, how many systems hang on one person.
func stock(r *quarterly.Report, w *Words) picture {
	levels := []level{
		{"level-b", "B", w.say("recurring, not shared yet"), func(q *quarterly.QuarterStock) int { return q.B }},
		{"level-c", "C", w.say("shared by a manual and two people"), func(q *quarterly.QuarterStock) int { return q.C }},
		{"level-a", "A", w.say("judgement work"), func(q *quarterly.QuarterStock) int { return q.A }},
	}
	p := picture{Title: w.say("Tasks by level at the end of each quarter")}
	if !r.HasTickets {
		levels = []level{
			{"level-b", "1", w.say("on one person, or nobody left"), func(q *quarterly.QuarterStock) int { return q.OnOne }},
			{"level-c", "2+", w.say("on two or more"), func(q *quarterly.QuarterStock) int { return q.Systems - q.OnOne }},
		}
		p.Title = w.say("Systems by the number of people they hang on, at the end of each quarter")
	}
	p.Table.Titles, p.Table.Numbers = []string{w.say("Quarter")}, []bool{false}
	for _, l := range levels {
		p.Table.Titles, p.Table.Numbers = append(p.Table.Titles, l.title()), append(p.Table.Numbers, true)
		p.Legend = append(p.Legend, legend{l.letter, l.name})
	}
	most := 0
	for i := range r.Trend {
		most = max(most, total(&r.Trend[i], levels))
		row := []string{r.Trend[i].Quarter.String()}
		for _, l := range levels {
			row = append(row, fmt.Sprint(l.of(&r.Trend[i])))
		}
		p.Table.add("", row...)
	}
	if most == 0 {
		p.Empty = w.say("There is not enough evidence in any of these quarters.")
		return p
	}
	p.Description = stockDescription(r, levels, w)
	p.Bars = &bars{Width: stockWidth, Height: stockHeight, Bottom: stockBottom}
	step := stockWidth / float64(max(len(r.Trend), 4))
	for i := range r.Trend {
		p.Bars.Bars = append(p.Bars.Bars, barOf(&r.Trend[i], levels, rounded(float64(i)*step+step*0.15), rounded(step*0.7), most))
	}
	return p
}

func total(q *quarterly.QuarterStock, levels []level) int {
	n := 0
	for _, l := range levels {
		n += l.of(q)
	}
	return n
}

func barOf(q *quarterly.QuarterStock, levels []level, x, width float64, most int) bar {
	b := bar{X: x, Width: width, LabelX: rounded(x + width/2), Label: q.Quarter.String()}
	y := stockBottom
	for _, l := range levels {
		n := l.of(q)
		if n == 0 {
			continue
		}
		height := (stockBottom - stockTop) * float64(n) / float64(most)
		y -= height
		part := barPart{Y: rounded(y), Height: rounded(height), Class: l.class, Hint: fmt.Sprintf("%s %s: %d", q.Quarter, l.title(), n), TextY: rounded(y + height/2 + 4)}
		if height >= leastLabelled {
			part.Letter = fmt.Sprintf("%s %d", l.letter, n)
		}
		b.Parts = append(b.Parts, part)
	}
	return b
}

func stockDescription(r *quarterly.Report, levels []level, w *Words) string {
	first, last := &r.Trend[0], &r.Trend[len(r.Trend)-1]
	var texts []string
	for _, l := range levels {
		texts = append(texts, w.say("%[1]s: %[2]d in %[3]s, %[4]d in %[5]s.", l.title(), l.of(first), first.Quarter.String(), l.of(last), last.Quarter.String()))
	}
	return w.sentences(texts...)
}
