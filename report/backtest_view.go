package report

import (
	"math"

	"keyperson/analyzer/backtest"
)

// View is the backtest for programs.
func (b Backtest) View() any {
	view := backtestView{
		SchemaVersion: SchemaVersion, Report: "backtest", HorizonDays: decimal(b.HorizonDays), Incomplete: b.Incomplete, Cells: []cellView{},
		Groups: []groupView{}, Cost: costViewOf(&b.Cost), Findings: findingViews(b.Findings),
	}
	for _, c := range b.Cells {
		repository := b.Repositories[c.Repository]
		view.Cells = append(view.Cells, cellView{
			text(repository.Label), timestamp(c.Cutoff), repository.People, c.Files, c.Works, c.Sampled, c.Newcomers, c.Enough,
		})
	}
	for _, g := range b.groups() {
		view.Groups = append(view.Groups, groupViewOf(g.kind, &g.Group))
	}
	view.Confidence, view.AfterLeaving = confidenceViews(b.Confidence), confidenceViews(b.AfterLeaving)
	if b.Fit != nil {
		view.Fit = &fitView{
			b.Fit.Choices, b.Fit.Commits, b.Fit.IsBetter, text(Snippet(b.Fit.Weights)),
			decimal(b.Fit.Weights.Directory), decimal(b.Fit.Weights.CoChange), decimal(b.Fit.Weights.Subtree),
			decimal(b.Fit.Weights.Anyone), decimal(b.Fit.Weights.PresencePower),
			[]groupView{groupViewOf("fit", &b.Fit.InTime), groupViewOf("fit", &b.Fit.OutTime), groupViewOf("fit", &b.Fit.LeftOut)},
		}
	}
	return view
}

// kindGroup is a group with what it is grouped by.
type kindGroup struct {
	kind string
	backtest.Group
}

// groups lists all groups in the order of the report.
func (b Backtest) groups() []kindGroup {
	groups := []kindGroup{{"all", b.Pooled}, {"size", b.Large}, {"size", b.Small}, {"gone", b.Gone}, {"successor", b.Successor}}
	for _, g := range b.ByRepository {
		groups = append(groups, kindGroup{"repository", g})
	}
	for _, g := range b.BySystem {
		groups = append(groups, kindGroup{"system", g})
	}
	if len(b.Tasks.Scores) > 0 {
		groups = append(groups, kindGroup{"tasks", b.Tasks})
	}
	return groups
}

type backtestView struct {
	SchemaVersion int              `json:"schema_version"`
	Report        string           `json:"report"`
	HorizonDays   decimal          `json:"horizon_days"`
	Incomplete    bool             `json:"incomplete"`
	Cells         []cellView       `json:"cut_offs"`
	Groups        []groupView      `json:"groups"`
	Confidence    []confidenceView `json:"confidence"`
	AfterLeaving  []confidenceView `json:"confidence_after_leaving"`
	Cost          costView         `json:"cost"`
	Fit           *fitView         `json:"fit"`
	Findings      []findingView    `json:"findings"`
}

type cellView struct {
	Repository text      `json:"repository"`
	Cutoff     timestamp `json:"cut_off"`
	People     int       `json:"people_ever"`
	Files      int       `json:"files"`
	Works      int       `json:"next_works"`
	Sampled    int       `json:"compared"`
	Newcomers  int       `json:"by_newcomers"`
	Enough     bool      `json:"pooled"`
}

type groupView struct {
	Kind      string        `json:"kind"` // "all", "size", "gone", "successor", "repository", "system", "tasks" or "fit"
	Name      text          `json:"name"`
	Cells     int           `json:"cut_offs"`
	Works     int           `json:"next_works"`
	Commits   int           `json:"commits"`
	Newcomers decimal       `json:"newcomers"`
	Scores    []rankingView `json:"rankings"` // empty: not enough evidence
}

type rankingView struct {
	Ranking text      `json:"ranking"`
	MRR     rangeView `json:"mrr"`
	Hit1    rangeView `json:"hit_1"`
	Hit3    rangeView `json:"hit_3"`
	Behind  rangeView `json:"mrr_behind_default"`
	Behind3 rangeView `json:"hit_3_behind_default"`
}

type rangeView struct {
	Value decimal `json:"value"`
	Low   decimal `json:"low"`
	High  decimal `json:"high"`
}

type confidenceView struct {
	Word       text      `json:"word"`
	LeastShare decimal   `json:"least_share"`
	Works      int       `json:"next_works"`
	Commits    int       `json:"commits"`
	Hit1       rangeView `json:"hit_1"`
	Expected   decimal   `json:"hit_1_public_histories"`
}

func confidenceViews(bins []backtest.ConfidenceBin) []confidenceView {
	views := []confidenceView{}
	for i := range bins {
		bin := &bins[i]
		views = append(views, confidenceView{
			text(bin.Word), decimal(bin.LeastShare), bin.Works, bin.Commits, rangeViewOf(hitOf(bin)), decimal(bin.Expected),
		})
	}
	return views
}

type costView struct {
	Enough     bool      `json:"enough"`
	Dates      int       `json:"dates"`
	Left       fateView  `json:"only_active_author_left"`
	Shared     fateView  `json:"two_or_more_active_authors"`
	TouchRatio rangeView `json:"touch_ratio"`
}

type fateView struct {
	Files       int       `json:"files"`
	TouchedOf   int       `json:"touched_files"`
	Touched     rangeView `json:"touched"`
	ByNewcomers rangeView `json:"by_newcomers"`
}

type fitView struct {
	Choices       int         `json:"next_works"`
	Commits       int         `json:"commits"`
	IsBetter      bool        `json:"better_out_of_time"`
	Snippet       text        `json:"keyperson_yaml"`
	Directory     decimal     `json:"directory"`
	CoChange      decimal     `json:"co_change"`
	Subtree       decimal     `json:"subtree"`
	Anyone        decimal     `json:"anyone"`
	PresencePower decimal     `json:"presence_power"`
	Groups        []groupView `json:"groups"` // in time, out of time, fitted to the other repositories
}

func rangeViewOf(e backtest.Estimate) rangeView {
	return rangeView{decimal(e.Value), decimal(e.Low), decimal(e.High)}
}

func groupViewOf(kind string, g *backtest.Group) groupView {
	view := groupView{kind, text(g.Name), g.Cells, g.Works, g.Commits, decimal(g.Newcomers), []rankingView{}}
	for _, s := range g.Scores {
		view.Scores = append(view.Scores, rankingView{
			text(s.Ranking), rangeViewOf(s.MRR), rangeViewOf(s.Hit1), rangeViewOf(s.Hit3),
			rangeViewOf(s.Behind), rangeViewOf(s.Behind3),
		})
	}
	return view
}

func costViewOf(c *backtest.Cost) costView {
	fate := func(f *backtest.Fate) fateView {
		return fateView{f.Files, f.TouchedOf, rangeViewOf(f.Touched), rangeViewOf(f.ByNewcomers)}
	}
	return costView{c.Enough, c.Dates, fate(&c.Left), fate(&c.Shared), rangeViewOf(c.TouchRatio)}
}

// hitOf is the hit rate of a word, no number where no work was foreseen under it.
func hitOf(bin *backtest.ConfidenceBin) backtest.Estimate {
	if bin.Works == 0 {
		return backtest.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
	}
	return bin.Hit1
}
