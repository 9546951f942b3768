package report

import (
	"strings"
	"testing"

	"keyperson/analyzer/backtest"
	"keyperson/analyzer/ranking"
)

func sampleBacktest() Backtest {
	estimate := func(value float64) backtest.Estimate {
		return backtest.Estimate{Value: value, Low: value - 0.04, High: value + 0.05}
	}
	group := func(name string, cells, works int) backtest.Group {
		return backtest.Group{
			Name: name, Cells: cells, Works: works, Commits: works / 3, Newcomers: 0.125,
			Scores: []backtest.Score{
				{Ranking: backtest.Default, MRR: estimate(0.497), Hit1: estimate(0.38), Hit3: estimate(0.564)},
				{Ranking: backtest.LastAuthor, MRR: estimate(0.34), Hit1: estimate(0.276), Hit3: estimate(0.387), Behind: estimate(0.157), Behind3: estimate(0.177)},
				{Ranking: backtest.DecayedTree, MRR: estimate(0.435), Hit1: estimate(0.346), Hit3: estimate(0.479), Behind: estimate(0.062), Behind3: estimate(0.085)},
			},
		}
	}
	fit := func(name string, gained float64) backtest.Group {
		return backtest.Group{
			Name: name, Cells: 4, Works: 700, Commits: 300, Newcomers: 0.1,
			Scores: []backtest.Score{
				{Ranking: backtest.Given, MRR: estimate(0.5), Hit1: estimate(0.4), Hit3: estimate(0.6)},
				{Ranking: backtest.Fitted, MRR: estimate(0.5 + gained), Hit1: estimate(0.4), Hit3: estimate(0.61), Behind: backtest.Estimate{Value: -gained, Low: -gained - 0.01, High: -gained + 0.01}},
			},
		}
	}
	return Backtest{
		Show: 1,
		Result: &backtest.Result{
			HorizonDays:  182,
			Repositories: []backtest.Repository{{Label: "shop", People: 140}, {Label: "ware\x1bhouse", People: 12}},
			Cells: []backtest.Cell{
				{Repository: 0, Cutoff: date(2025, 11, 19), Files: 4100, Works: 1200, Sampled: 500, Newcomers: 60, Enough: true},
				{Repository: 1, Cutoff: date(2026, 5, 20), Files: 90, Works: 8, Sampled: 8, Newcomers: 1},
			},
			Pooled: group("pooled", 1, 500), Large: group("over 100 people", 1, 500), Small: backtest.Group{Name: "up to 100 people"},
			Gone: group("best-knowing person gone", 1, 120), Successor: backtest.Group{Name: "best-knowing person left out"},
			ByRepository: []backtest.Group{group("shop", 1, 500), {Name: "ware\x1bhouse"}},
			BySystem:     []backtest.Group{group("pay|ments", 1, 210), group("=web", 1, 40)},
			Tasks:        group("tasks", 1, 900),
			Confidence: []backtest.ConfidenceBin{
				{Word: ranking.Strong, LeastShare: 0.9, Works: 80, Commits: 30, Hit1: estimate(0.7), Expected: 0.69},
				{Word: ranking.Weak, Expected: 0.2},
			},
			AfterLeaving: []backtest.ConfidenceBin{
				{Word: ranking.Strong, LeastShare: 0.95, Works: 21, Commits: 9, Hit1: estimate(0.6), Expected: 0.63},
				{Word: ranking.Likely, LeastShare: 0.7, Works: 33, Commits: 11, Hit1: estimate(0.4), Expected: 0.42},
			},
			Cost: backtest.Cost{
				Dates: 3, Enough: true, TouchRatio: estimate(0.76),
				Left:   backtest.Fate{Files: 310, TouchedOf: 40, Touched: estimate(0.142), ByNewcomers: estimate(0.9)},
				Shared: backtest.Fate{Files: 1200, TouchedOf: 300, Touched: estimate(0.187), ByNewcomers: estimate(0.78)},
			},
			Fit: &backtest.Fit{
				Weights: ranking.DefaultWeights(), Choices: 600, Commits: 210,
				InTime: fit("fitted to", 0.03), OutTime: fit("after", -0.002), LeftOut: backtest.Group{Name: "fitted to the other repositories"},
			},
		},
	}
}

func TestBacktestsLookAsReviewed(t *testing.T) {
	for _, format := range Names() {
		compareGolden(t, "backtest."+format, render(t, format, sampleBacktest(), Options{}))
	}
	compareGolden(t, "backtest-80.table", render(t, "table", sampleBacktest(), Options{Width: 80}))
	thin := Backtest{Result: &backtest.Result{
		HorizonDays: 90, Repositories: []backtest.Repository{{Label: "shop", People: 3}},
		Cells:        []backtest.Cell{{Cutoff: date(2026, 5, 20), Files: 9, Works: 4, Sampled: 4}},
		ByRepository: []backtest.Group{{Name: "shop"}},
	}}
	compareGolden(t, "backtest-thin.table", render(t, "table", thin, Options{}))
}

func TestABacktestSaysWhenItIsNotToBeTrusted(t *testing.T) {
	b := sampleBacktest()
	b.Pooled.Scores[2].Behind = backtest.Estimate{Value: -0.05, Low: -0.08, High: -0.02}
	if got := b.verdict(); !strings.Contains(got, "do not rely on the default ranking") {
		t.Errorf("worse than a baseline by more than the interval: %s", got)
	}
	b.Pooled.Scores[2].Behind = backtest.Estimate{Value: 0.01, Low: -0.02, High: 0.03}
	if got := b.verdict(); !strings.Contains(got, "cannot tell it from") {
		t.Errorf("no better than a baseline by more than the interval: %s", got)
	}
}

func TestABacktestNamesNobody(t *testing.T) {
	for _, format := range Names() {
		if got := render(t, format, sampleBacktest(), Options{}); strings.Contains(got, "\x1b") || strings.Contains(strings.ToLower(got), "ada") {
			t.Errorf("%s: %s", format, got)
		}
	}
}
