package quarterly

import (
	"fmt"
	"math"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
)

// scatter is the risk quadrant, drawn: absence risk to the right, impact upwards, on a square-root scale so that what
// is little does not lie in a heap.
type scatter struct {
	Width, Height            float64
	Left, Right, Top, Bottom float64 // of the plot
	Middle                   float64 // x of an absence risk of one half
	MarksX, MarksY           []mark  // of the axes
	TitleX, TitleY           string
	Region                   string // said in the half where one absence stops things
	Dots                     []dot
}

type mark struct {
	At   float64
	Text string
}

// dot is one task or system.
type dot struct {
	X, Y, Radius   float64
	Shape          string // "circle", "square", "diamond", "triangle": no colour is needed to tell them apart
	Class          string // colour
	Points         string // of a polygon
	Number         string // in the list of risks; empty for none
	LabelX, LabelY float64
	Hint, System   string
	HasTail        bool
	TailX, TailY   float64
}

const (
	plotWidth, plotHeight               = 680.0, 300.0
	plotLeft, plotRight                 = 58.0, 652.0
	plotTop, plotBottom                 = 12.0, 252.0
	smallestDot, largestDot, unknownDot = 4.0, 17.0, 5.5
)

// quadrant draws where the risk is.
func quadrant(r *quarterly.Report, w *Words) picture {
	p := picture{
		Title: w.say("Absence risk against impact"),
		Table: table{
			Titles:  []string{"", w.say("What"), w.say("Kind"), w.say("Service"), w.say("Absence risk"), w.say("Then"), w.say("Impact"), w.say("Sole-person hours a year"), w.say("Quadrant")},
			Numbers: []bool{true, false, false, false, true, true, true, true, false},
		},
	}
	if len(r.Points) == 0 {
		p.Empty = w.say("There is not enough evidence to place anything.")
		return p
	}
	p.Description = w.say("%[1]d tasks and systems by the chance that one absence stops them (to the right) and their share of all work, weighted by tier (upwards). %[2]d lie right of one half. The table below holds their values.",
		len(r.Points), rightOfHalf(r.Points))
	if r.MorePoints > 0 {
		p.Description = w.sentences(p.Description, w.count(r.MorePoints, "%d lighter one is not shown.", "%d lighter ones are not shown."))
	}
	s := &scatter{
		Width: plotWidth, Height: plotHeight, Left: plotLeft, Right: plotRight, Top: plotTop, Bottom: plotBottom, Middle: acrossAt(0.5),
		TitleX: w.say("Absence risk: chance that nobody can do it when one person is away"), TitleY: w.say("Impact: share of all work × tier"),
		Region: w.say("one absence stops it"),
	}
	for _, share := range []float64{0, 0.25, 0.5, 0.75, 1} {
		s.MarksX = append(s.MarksX, mark{acrossAt(share), percent(share)})
	}
	most, hours := 0.0, analyzer.Hours{}
	for i := range r.Points {
		most = max(most, r.Points[i].Impact)
		if r.Points[i].ImpactBefore != nil {
			most = max(most, *r.Points[i].ImpactBefore)
		}
		if h := r.Points[i].Hours; h != nil && h.AtMost > hours.AtMost {
			hours = *h
		}
	}
	for _, part := range []float64{0, 0.1, 0.3, 0.6, 1} {
		s.MarksY = append(s.MarksY, mark{upAt(part*most, most), percent(part * most)})
	}
	for i := range r.Points {
		point := &r.Points[i]
		s.Dots = append(s.Dots, dotOf(point, most, hours.AtMost, w))
		p.Table.add(point.System, numberOf(point), point.Name, subjectWords(point.Subject, w), orAbsent(point.System), percent(point.Risk),
			maybePercent(point.RiskBefore), percent(point.Impact), pointHours(point, w), quadrantWords(point, w))
	}
	separateLabels(s.Dots)
	// Small ones are drawn last, so that no large one hides them.
	for i, j := 0, len(s.Dots)-1; i < j; i, j = i+1, j-1 {
		s.Dots[i], s.Dots[j] = s.Dots[j], s.Dots[i]
	}
	p.Scatter = s
	p.Legend = []legend{
		{"●", w.say("task to fix: routine on one person")},
		{"◆", w.say("task to protect: judgement on one person")},
		{"▲", w.say("shared task")},
		{"■", w.say("code of a system")},
		{"①", w.say("number in the list of risks")},
		{"—", w.say("tail: where it was in %s", r.Compared.String())},
	}
	if hours.AtMost > 0 {
		p.Legend = append(p.Legend, legend{"◯", w.say("size: sole-person hours a year, up to %s", w.hours(&hours))})
	}
	return p
}

func rightOfHalf(points []quarterly.Point) int {
	n := 0
	for i := range points {
		if points[i].Risk >= 0.5 {
			n++
		}
	}
	return n
}

func acrossAt(share float64) float64 { return rounded(plotLeft + (plotRight-plotLeft)*share) }

func upAt(impact, most float64) float64 {
	if most == 0 {
		return plotBottom
	}
	return rounded(plotBottom - (plotBottom-plotTop)*math.Sqrt(impact/most))
}

// rounded keeps the digits that a reader's eye can tell apart.
func rounded(x float64) float64 { return math.Round(x*10) / 10 }

func dotOf(point *quarterly.Point, most, hours float64, w *Words) dot {
	d := dot{X: acrossAt(point.Risk), Y: upAt(point.Impact, most), Radius: unknownDot, Number: numberOf(point), System: point.System}
	if point.Hours != nil && hours > 0 {
		d.Radius = rounded(smallestDot + (largestDot-smallestDot)*math.Sqrt(point.Hours.AtMost/hours))
	}
	switch {
	case point.Subject == analyzer.OfSystem:
		d.Shape, d.Class = "square", "code"
		d.X, d.Y = min(d.X, plotRight-d.Radius), max(d.Y, plotTop+d.Radius)
	case point.Quadrant == analyzer.Fix:
		d.Shape, d.Class = "circle", "fix"
	case point.Quadrant == analyzer.Protect:
		d.Shape, d.Class = "diamond", "protect"
		d.Points = fmt.Sprintf("%g,%g %g,%g %g,%g %g,%g", d.X, rounded(d.Y-d.Radius), rounded(d.X+d.Radius), d.Y, d.X, rounded(d.Y+d.Radius), rounded(d.X-d.Radius), d.Y)
	default:
		d.Shape, d.Class = "triangle", "shared"
		d.Points = fmt.Sprintf("%g,%g %g,%g %g,%g", d.X, rounded(d.Y-d.Radius), rounded(d.X+d.Radius), rounded(d.Y+d.Radius), rounded(d.X-d.Radius), rounded(d.Y+d.Radius))
	}
	if point.RiskBefore != nil && point.ImpactBefore != nil {
		d.TailX, d.TailY = acrossAt(*point.RiskBefore), upAt(*point.ImpactBefore, most)
		const visible = 6
		d.HasTail = math.Hypot(d.TailX-d.X, d.TailY-d.Y) >= visible
	}
	d.LabelX, d.LabelY = rounded(d.X-d.Radius-9), rounded(d.Y+4)
	d.Hint = w.say("%[1]s (%[2]s): absence risk %[3]s, then %[4]s; impact %[5]s; n = %[6]d; %[7]s",
		shortened(point.Name, longestName), subjectWords(point.Subject, w), percent(point.Risk), maybePercent(point.RiskBefore), percent(point.Impact), point.N, quadrantWords(point, w))
	return d
}

// separateLabels moves numbers that would lie on one another further to the left. The dots stand in the order of risks.
func separateLabels(dots []dot) {
	const wide, high = 11.0, 12.0
	for i := range dots {
		for j := 0; j < i && dots[i].Number != ""; j++ {
			if math.Abs(dots[i].LabelX-dots[j].LabelX) < wide && math.Abs(dots[i].LabelY-dots[j].LabelY) < high {
				dots[i].LabelX = rounded(dots[j].LabelX - wide)
			}
		}
	}
}

// Box places a square's corner.
func (d dot) Box() (corner struct{ X, Y, Side float64 }) {
	corner.X, corner.Y, corner.Side = rounded(d.X-d.Radius), rounded(d.Y-d.Radius), rounded(2*d.Radius)
	return corner
}

func numberOf(point *quarterly.Point) string {
	if point.Rank == 0 {
		return ""
	}
	return fmt.Sprint(point.Rank)
}

func subjectWords(subject analyzer.Subject, w *Words) string {
	if subject == analyzer.OfSystem {
		return w.say("code")
	}
	return w.say("task")
}

func pointHours(point *quarterly.Point, w *Words) string {
	if point.Hours == nil {
		return absent
	}
	low, high := w.printer.Sprintf("%.0f", point.Hours.AtLeast), w.printer.Sprintf("%.0f", point.Hours.AtMost)
	switch {
	case low == high:
		return high
	case point.Hours.AtLeast == 0:
		return "≤ " + high
	}
	return low + "–" + high
}

func quadrantWords(point *quarterly.Point, w *Words) string {
	if point.Subject == analyzer.OfSystem {
		return absent
	}
	return valueWords("quadrant", string(point.Quadrant), w)
}
