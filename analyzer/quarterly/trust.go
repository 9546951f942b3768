package quarterly

import (
	"keyperson/analyzer/backtest"
)

// trust gathers what the numbers rest on.
func trust(in *Input) Trust {
	a, o := in.Now, in.Options
	t := Trust{
		Repositories: a.Repositories, Trackers: a.Work.Trackers, Census: a.Census, SystemOrigin: a.SystemOrigin, Files: a.Whole.Files,
		Unmapped: a.Unmapped, Tickets: a.Work.Tickets, Placed: a.Work.Placed, Executions: a.Work.Executions, Runbooks: len(a.Runbooks),
		Excluded: a.Exclusions.Files, Mechanical: len(a.Exclusions.Mechanical), BacktestRun: in.BacktestRun,
		Findings: a.Findings[:min(len(a.Findings), MostFindings)], MoreFindings: max(0, len(a.Findings)-MostFindings),
		Thresholds: Thresholds{
			ActivityWindowDays: o.ActivityWindowDays, HalfLifeDays: o.HalfLifeDays, TaskHalfLifeDays: o.TaskHalfLifeDays,
			RunbookIntervalDays: o.RunbookIntervalDays, CoverShare: o.CoverShare, SmallestGroup: in.SmallestGroup,
		},
	}
	if in.Backtest != nil && len(in.Backtest.Pooled.Scores) > 0 {
		t.Backtest = summarized(in.Backtest)
	}
	return t
}

// summarized takes from a backtest the default ranking and the best simpler one.
func summarized(result *backtest.Result) *Backtest {
	pooled := &result.Pooled
	first := &pooled.Scores[0]
	b := &Backtest{
		Works: pooled.Works, Cells: pooled.Cells, HorizonDays: result.HorizonDays, Newcomers: pooled.Newcomers,
		MRR: first.MRR.Value, Low: first.MRR.Low, High: first.MRR.High, Hit3: first.Hit3.Value,
	}
	for i := range pooled.Scores[1:] {
		if score := &pooled.Scores[i+1]; score.MRR.Value > b.BestOtherMRR {
			b.BestOther, b.BestOtherMRR, b.BestOtherHit3 = score.Ranking, score.MRR.Value, score.Hit3.Value
		}
	}
	if cost := &result.Cost; cost.Enough {
		b.HasCost = true
		b.GoneWorks, b.GoneByNewcomer = cost.Left.TouchedOf, cost.Left.ByNewcomers.Value
		b.SharedWorks, b.SharedByNewcomer = cost.Shared.TouchedOf, cost.Shared.ByNewcomers.Value
	}
	return b
}
