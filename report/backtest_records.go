package report

import "keyperson/analyzer/backtest"

// backtestRecord is one number of the backtest's CSV: tidy, so that a table of any shape can be made of it. Record is
// "cut-off", "score", "confidence", "confidence_after_leaving", "cost", "fit" or "finding".
type backtestRecord struct {
	Record     text       `csv:"record"`
	GroupKind  text       `csv:"group_kind"`
	Group      text       `csv:"group"`
	Cutoff     *timestamp `csv:"cut_off"`
	Ranking    text       `csv:"ranking"`
	Metric     text       `csv:"metric"`
	Value      *decimal   `csv:"value"`
	Low        *decimal   `csv:"low"`
	High       *decimal   `csv:"high"`
	N          *int       `csv:"n"` // next works or files that it is from
	Commits    *int       `csv:"commits"`
	Text       text       `csv:"text"`
	Incomplete bool       `csv:"incomplete"`
}

// Records is the backtest for a spreadsheet.
func (b Backtest) Records() any {
	rows := []backtestRecord{}
	for _, c := range b.Cells {
		for _, count := range []struct {
			metric string
			value  int
		}{{"files", c.Files}, {"next_works", c.Works}, {"compared", c.Sampled}, {"by_newcomers", c.Newcomers}} {
			rows = append(rows, backtestRecord{
				Record: "cut-off", GroupKind: "repository", Group: text(b.Repositories[c.Repository].Label),
				Cutoff: new(timestamp(c.Cutoff)), Metric: text(count.metric), Value: new(decimal(count.value)),
			})
		}
	}
	for _, g := range b.groups() {
		rows = append(rows, scoreRecords("score", g.kind, &g.Group)...)
	}
	rows = append(rows, confidenceRecords("confidence", b.Confidence)...)
	rows = append(rows, confidenceRecords("confidence_after_leaving", b.AfterLeaving)...)
	rows = append(rows, b.costRecords()...)
	rows = append(rows, b.fitRecords()...)
	for _, f := range b.Findings {
		rows = append(rows, backtestRecord{Record: "finding", Metric: text(f.Code), Text: text(sentenceWithAdvice(f.Message, f.Advice))})
	}
	for i := range rows {
		rows[i].Incomplete = b.Incomplete
	}
	return rows
}

func confidenceRecords(record text, bins []backtest.ConfidenceBin) []backtestRecord {
	var rows []backtestRecord
	for i := range bins {
		bin := &bins[i]
		row := estimateRecord(backtestRecord{Record: record, Group: text(bin.Word), Metric: "hit_1"}, hitOf(bin), bin.Works)
		row.Commits = new(bin.Commits)
		rows = append(rows, row, backtestRecord{Record: record, Group: text(bin.Word), Metric: "hit_1_public_histories", Value: new(decimal(bin.Expected))})
	}
	return rows
}

func estimateRecord(row backtestRecord, e backtest.Estimate, n int) backtestRecord {
	row.Value, row.Low, row.High, row.N = new(decimal(e.Value)), new(decimal(e.Low)), new(decimal(e.High)), new(n)
	return row
}

func scoreRecords(record, kind string, g *backtest.Group) []backtestRecord {
	base := backtestRecord{Record: text(record), GroupKind: text(kind), Group: text(g.Name)}
	newcomers := base
	newcomers.Metric, newcomers.Value, newcomers.N = "newcomers", new(decimal(g.Newcomers)), new(g.Works)
	rows := []backtestRecord{newcomers}
	for _, s := range g.Scores {
		for _, metric := range []struct {
			name string
			backtest.Estimate
		}{{"mrr", s.MRR}, {"hit_1", s.Hit1}, {"hit_3", s.Hit3}, {"mrr_behind_default", s.Behind}, {"hit_3_behind_default", s.Behind3}} {
			row := base
			row.Ranking, row.Metric, row.Commits = text(s.Ranking), text(metric.name), new(g.Commits)
			rows = append(rows, estimateRecord(row, metric.Estimate, g.Works))
		}
	}
	return rows
}

func (b Backtest) costRecords() []backtestRecord {
	c := &b.Cost
	if !c.Enough {
		return []backtestRecord{{Record: "cost", Text: "not enough evidence"}}
	}
	row := func(group, metric string, e backtest.Estimate, n int) backtestRecord {
		return estimateRecord(backtestRecord{Record: "cost", Group: text(group), Metric: text(metric)}, e, n)
	}
	const left, shared = "only active author left", "two or more active authors"
	return []backtestRecord{
		row(left, "touched", c.Left.Touched, c.Left.Files),
		row(left, "by_newcomers", c.Left.ByNewcomers, c.Left.TouchedOf),
		row(shared, "touched", c.Shared.Touched, c.Shared.Files),
		row(shared, "by_newcomers", c.Shared.ByNewcomers, c.Shared.TouchedOf),
		row("both", "touch_ratio", c.TouchRatio, c.Left.Files+c.Shared.Files),
	}
}

func (b Backtest) fitRecords() []backtestRecord {
	if b.Fit == nil {
		return nil
	}
	rows := []backtestRecord{{Record: "fit", Metric: "keyperson_yaml", Text: text(Snippet(b.Fit.Weights)), N: new(b.Fit.Choices), Commits: new(b.Fit.Commits)}}
	for _, g := range []backtest.Group{b.Fit.InTime, b.Fit.OutTime, b.Fit.LeftOut} {
		if len(g.Scores) > 0 {
			rows = append(rows, scoreRecords("fit", "fit", &g)...)
		}
	}
	return rows
}
