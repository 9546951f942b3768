package report

import (
	"fmt"
	"math"

	"keyperson/analyzer"
)

// costFacts say what it costs that work hangs on single people, each with its assumptions on the same line.
func costFacts(c *analyzer.Cost) Facts {
	var facts Facts
	if c.ScarceHours != nil {
		facts = append(facts, Fact{"Scarce hours", fmt.Sprintf("%s of the last year went into routine tasks that only one person can do (handling time known for %d of %s)",
			hoursWords(*c.ScarceHours), c.ScarceKnown, counted(c.ScarceTasks, "such task", "such tasks"))})
	}
	facts = append(facts, Fact{"Wait", waitWords(&c.Wait)})
	if e := &c.Exposure; e.Executions > 0 {
		text := fmt.Sprintf("%s to %s executions a year would wait for someone to come back", oneDecimal(e.Low), oneDecimal(e.High))
		if e.LowHours != nil {
			text += fmt.Sprintf(", %s to %s hours of work", oneDecimal(*e.LowHours), oneDecimal(*e.HighHours))
		}
		facts = append(facts, Fact{"Exposure", fmt.Sprintf("%s (%s that one absence stops, %s in the last year; %s)", text,
			counted(e.Tasks, "task", "tasks"), counted(e.Executions, "execution", "executions"), e.Assumptions)})
	}
	return facts
}

func waitWords(w *analyzer.Wait) string {
	if !w.Enough {
		return "not enough evidence: " + w.Missing
	}
	return fmt.Sprintf("half of the tickets in tasks that hang on one person are open for over %s, in comparable others for over %s: %s (%s to %s; n = %d and %d, matched on class and priority)",
		openFor(w.Sole), openFor(w.Shared), differenceWords(w.Excess), signedFor(w.Low), signedFor(w.High), w.SoleN, w.SharedN)
}

// openFor writes hours as a reader measures them.
func openFor(hours float64) string {
	const hoursPerDay = 24
	if math.Abs(hours) < 2*hoursPerDay {
		return fmt.Sprintf("%.1f hours", hours)
	}
	return fmt.Sprintf("%.1f days", hours/hoursPerDay)
}

func differenceWords(hours float64) string {
	switch {
	case hours > 0:
		return openFor(hours) + " more"
	case hours < 0:
		return openFor(-hours) + " less"
	}
	return "no difference"
}

func signedFor(hours float64) string {
	if hours < 0 {
		return "−" + openFor(-hours)
	}
	return "+" + openFor(hours)
}

type costOfWorkView struct {
	ScarceHours         *decimal `json:"scarce_hours"`
	ScarceHoursLeast    *decimal `json:"scarce_hours_least"`
	ScarceTasks         int      `json:"scarce_tasks"`
	ScarceKnown         int      `json:"scarce_tasks_of_known_hours"`
	WaitMissing         text     `json:"wait_missing"` // why the wait is not told; empty where it is
	WaitSole            *decimal `json:"wait_sole_person_hours"`
	WaitShared          *decimal `json:"wait_shared_hours"`
	WaitExcess          *decimal `json:"wait_excess_hours"`
	WaitLow             *decimal `json:"wait_excess_low_hours"`
	WaitHigh            *decimal `json:"wait_excess_high_hours"`
	WaitSoleN           int      `json:"wait_sole_person_tickets"`
	WaitSharedN         int      `json:"wait_shared_tickets"`
	ExposureTasks       int      `json:"exposure_tasks"`
	ExposureExecutions  int      `json:"exposure_executions"`
	ExposureLow         decimal  `json:"exposure_low_executions"`
	ExposureHigh        decimal  `json:"exposure_high_executions"`
	ExposureLowHours    *decimal `json:"exposure_low_hours"`
	ExposureHighHours   *decimal `json:"exposure_high_hours"`
	ExposureAssumptions text     `json:"exposure_assumptions"`
}

func workCostViewOf(c *analyzer.Cost) costOfWorkView {
	view := costOfWorkView{
		ScarceHours: mostHours(c.ScarceHours), ScarceHoursLeast: leastHours(c.ScarceHours), ScarceTasks: c.ScarceTasks, ScarceKnown: c.ScarceKnown, WaitMissing: text(c.Wait.Missing),
		WaitSoleN: c.Wait.SoleN, WaitSharedN: c.Wait.SharedN, ExposureTasks: c.Exposure.Tasks, ExposureExecutions: c.Exposure.Executions,
		ExposureLow: decimal(c.Exposure.Low), ExposureHigh: decimal(c.Exposure.High), ExposureLowHours: optionalDecimal(c.Exposure.LowHours),
		ExposureHighHours: optionalDecimal(c.Exposure.HighHours), ExposureAssumptions: text(c.Exposure.Assumptions),
	}
	if w := &c.Wait; w.Enough {
		view.WaitSole, view.WaitShared, view.WaitExcess = optionalDecimal(&w.Sole), optionalDecimal(&w.Shared), optionalDecimal(&w.Excess)
		view.WaitLow, view.WaitHigh = optionalDecimal(&w.Low), optionalDecimal(&w.High)
	}
	return view
}
