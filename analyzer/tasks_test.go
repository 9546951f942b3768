package analyzer

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

// every opens and resolves n tickets of one summary, so many days apart, in turn by the people named.
func every(s *evidencetest.Story, days int, from string, n int, summary string, names ...string) {
	for i := range n {
		opened := date(from).AddDate(0, 0, i*days)
		name := names[i%len(names)]
		s.On(opened.Format("2006-01-02")).Ticket(fmt.Sprintf("OPS-%d", len(s.Evidence.Tickets)+1), fmt.Sprintf(summary, i)).
			Of("Task").In("ops").For(name).Resolved(name, opened.AddDate(0, 0, 1).Format("2006-01-02"))
	}
}

func assessTickets(t interface{ Fatal(...any) }, s *evidencetest.Story, asOf string, change ...func(*Options)) *Assessment {
	options := DefaultOptions(date(asOf))
	for _, c := range change {
		c(&options)
	}
	a, err := Assess(s.Evidence, s.People(), s.TicketsIn(s.Systems()), options)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func taskNamed(t *testing.T, a *Assessment, name string) *Task {
	t.Helper()
	for i := range a.Tasks {
		if a.Tasks[i].Name == name {
			return &a.Tasks[i]
		}
	}
	var names []string
	for i := range a.Tasks {
		names = append(names, a.Tasks[i].Name)
	}
	t.Fatalf("no task %q among %q", name, names)
	return nil
}

func certificates() *evidencetest.Story {
	s := evidencetest.New()
	every(s, 30, "2023-12-01", 14, "Renew certificate of web-%d", "Ann")  // Ann alone, every 30 days
	every(s, 7, "2024-06-01", 30, "Restore backup %d", "Ann", "Bo", "Cy") // three people in turn
	every(s, 40, "2019-01-01", 6, "Rotate tape %d", "Bo")                 // over for years
	s.On("2024-12-20").Ticket("OPS-999", "Something else").For("Bo").Resolved("Bo", "2024-12-21")
	return s
}

func TestTheTaskThatOnlyOnePersonDoes(t *testing.T) {
	a := assessTickets(t, certificates(), "2024-12-31")
	renew := taskNamed(t, a, "renew certificate of *")
	// 14 tickets from 2023-12-01, 30 days apart: the last is done on 2024-12-26, and 12 within
	// 365 days. All of these are Ann's: C = 1, 1/Σp² = 1.
	if renew.Executions != 14 || renew.SameHands != 1 || renew.EffectiveExecutors != 1 || renew.TopShare != 1 {
		t.Errorf("got %d executions, C %v, %v effective, top %v", renew.Executions, renew.SameHands, renew.EffectiveExecutors, renew.TopShare)
	}
	if a.People[renew.TopPerson].Name != "Ann" || renew.AbsenceRisk != 1 || !renew.StopsWithout {
		t.Errorf("got top %d, absence risk %v, stops %v", renew.TopPerson, renew.AbsenceRisk, renew.StopsWithout)
	}
	// Practice: x = Σ 2^(−age/180) over ages 5, 35, … 395 days (as of 2024-12-31, done the day after opening), q = 1 − 2^(−x/2).
	x := 0.0
	for age := 5.0; age <= 395; age += 30 {
		x += math.Exp2(-age / 180)
	}
	if q := renew.Executors[0].Practice; math.Abs(q-(1-math.Exp2(-x/2))) > 1e-9 || math.Abs(renew.RiskNow-math.Exp2(-x/2)) > 1e-9 {
		t.Errorf("practice %v and risk %v, want %v and %v", q, renew.RiskNow, 1-math.Exp2(-x/2), math.Exp2(-x/2))
	}
	if renew.Quadrant != Fix || renew.Level != LevelB || renew.Class != Personal {
		t.Errorf("got %s, level %s (%s), class %s (%s)", renew.Quadrant, renew.Level, renew.LevelReason, renew.Class, renew.ClassReason)
	}
	if renew.Trigger != "comes back every 30 days" {
		t.Errorf("trigger %q", renew.Trigger)
	}
	restore := taskNamed(t, a, "restore backup *")
	if restore.Quadrant != KeepOrAutomate || restore.StopsWithout || restore.Class != Scheduled || restore.TopPerson < 0 {
		t.Errorf("restore backup: got %s, stops %v, class %s", restore.Quadrant, restore.StopsWithout, restore.Class)
	}
	if tape := taskNamed(t, a, "rotate tape *"); !tape.Dormant || tape.Quadrant != QuadrantUnknown || tape.Level != LevelUnknown {
		t.Errorf("rotate tape: got dormant %v, %s", tape.Dormant, tape.Quadrant)
	}
	if a.Tasks[0].Name != renew.Name {
		t.Errorf("first: got %s, want %s", a.Tasks[0].Name, renew.Name)
	}
	want := "Only Ann has run «renew certificate of *» in the last year (12 of 12 executions, no procedure): write its manual first."
	if got := a.Work.Sentences[0].Text; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if !slices.ContainsFunc(a.Sentences, func(s Sentence) bool { return s.Text == want }) {
		t.Errorf("the assessment says %+v, and not the same", a.Sentences)
	}
}

func TestASystemMayHaveTicketsAndNoFiles(t *testing.T) {
	a := assessTickets(t, certificates(), "2024-12-31")
	ops := systemNamed(a, "ops")
	if ops == nil || ops.Files != 0 || ops.Verdict != VerdictTaskStops || ops.Tasks.Stops != 1 || ops.Tasks.Count != 2 {
		t.Fatalf("got %+v", ops)
	}
	if worst := a.Tasks[ops.Tasks.Worst].Name; worst != "renew certificate of *" {
		t.Errorf("its worst task: got %s", worst)
	}
	if a.Work.Tickets != 51 || a.Work.Placed != 50 || a.Work.Executions != 51 || len(a.Work.Unmapped) != 1 || a.Work.Unmapped[0].Example != "OPS-999" {
		t.Errorf("got %+v", a.Work)
	}
}

func TestASystemMayHaveFilesAndNoTickets(t *testing.T) {
	story := certificates()
	for _, name := range []string{"Ann", "Bo", "Cy"} {
		busy(story, name, "web/a.go", "2024-11-01", 8)
	}
	story.Tree("web/a.go")
	a := assessTickets(t, story, "2024-12-31")
	if web := systemNamed(a, "web"); web.Verdict != VerdictShared || web.Tasks.Count != 0 || web.Tasks.Worst != -1 {
		t.Errorf("web: got %s, %+v", web.Verdict, web.Tasks)
	}
	if a.Systems[0].ID != "ops" {
		t.Errorf("first: got %s, want ops", a.Systems[0].ID)
	}
}

func TestRulesOfTheConfigurationPinWhatTheySay(t *testing.T) {
	hours, routineness, must := 2.5, 0.2, true
	rule := sources.TaskRule{
		ID: "certs", Name: "Renew certificates", System: "ops", Summary: regexp.MustCompile("certificate"), Class: "requested",
		Routineness: &routineness, Hours: &hours, Obligation: &must,
		Level: &sources.LevelRule{Level: "C", Reason: "the vendor does it", Until: date("2024-12-31").Unix()},
	}
	configure := func(o *Options) { o.TaskRules = []sources.TaskRule{rule} }
	certs := taskNamed(t, assessTickets(t, certificates(), "2024-12-31", configure), "Renew certificates")
	if certs.ID != "certs" || certs.Class != Requested || !certs.Routineness.Pinned || certs.Routineness.Value != 0.2 || certs.Quadrant != Protect {
		t.Errorf("got %s, %s, %+v, %s", certs.ID, certs.Class, certs.Routineness, certs.Quadrant)
	}
	if *certs.HandlingHours != 2.5 || certs.HandlingSource != HandlingConfigured || *certs.SolePersonHours != (Hours{AtLeast: 2.5 * 12, AtMost: 2.5 * 12}) {
		t.Errorf("hours: got %v from %s, %v that hang on one", *certs.HandlingHours, certs.HandlingSource, *certs.SolePersonHours)
	}
	if certs.Level != LevelC || !strings.Contains(certs.LevelReason, "the vendor does it") {
		t.Errorf("level %s: %s", certs.Level, certs.LevelReason)
	}
	late := assessTickets(t, certificates(), "2025-01-02", configure)
	if got := taskNamed(t, late, "Renew certificates").Level; got != LevelA {
		t.Errorf("after its end: got level %s, want A", got)
	}
	if !slices.ContainsFunc(late.Findings, func(f sources.Finding) bool { return f.Code == "level-expired" }) {
		t.Errorf("no finding says that the level no longer holds: %+v", late.Findings)
	}
}

func TestTheFirstTierMakesRoutineOnlyOfWorkThatComesByTheCalendar(t *testing.T) {
	s := certificates()
	for i, day := range []int{0, 3, 5, 60, 61, 140, 150, 151, 290} {
		opened := date("2024-02-01").AddDate(0, 0, day)
		s.On(opened.Format("2006-01-02")).Ticket(fmt.Sprintf("OPS-%d", 500+i), "Rescue the ledger").In("ops").
			For("Ann").Resolved("Ann", opened.AddDate(0, 0, 1).Format("2006-01-02"))
	}
	systems := s.TicketsIn(s.Systems())
	for i := range systems.Systems {
		systems.Systems[i].Tier = 1
	}
	a, err := Assess(s.Evidence, s.People(), systems, DefaultOptions(date("2024-12-31")))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"renew certificate of *": true, "rescue the ledger": false} {
		task := taskNamed(t, a, name)
		isObliged := slices.ContainsFunc(task.Routineness.Parts, func(p RoutinenessPart) bool { return p.Name == "obligation" && p.Value == 1 })
		if isObliged != want {
			t.Errorf("%s (%s): obligation counts %v, want %v", name, task.Trigger, isObliged, want)
		}
	}
}

func TestReadinessSaysWhatIsMissing(t *testing.T) {
	renew := taskNamed(t, assessTickets(t, certificates(), "2024-12-31"), "renew certificate of *")
	missing := map[string][]string{}
	for _, answer := range renew.Readiness {
		missing[answer.Question] = answer.Missing
	}
	want := map[string][]string{
		"evaluable":          {"handling time: neither configured, nor booked, nor a change log that shows assignments"},
		"ready to hand over": {"a procedure that someone has executed who did not write it: it is at M0, M5 is needed", "a second active person who has done it more than once"},
		"ready to automate":  {"level C: it is at B", "a procedure whose steps a machine can process", "whether it branches: the tickets do not tell how often it was opened again or raised"},
	}
	if diff := cmp.Diff(want, missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

func TestHandlingTimeSaysWhereItComesFrom(t *testing.T) {
	logged := evidencetest.New()
	for i := range 6 {
		day := date("2024-11-01").AddDate(0, 0, 3*i).Format("2006-01-02")
		logged.On(day).Ticket(fmt.Sprintf("OPS-%d", i), "Rotate key").In("ops").Of("Task").For("Ann").Logged("Ann", day, float64(1+i%3)).Resolved("Ann", day)
	}
	steady := func(task *Task) string {
		for _, part := range task.Routineness.Parts {
			if strings.HasPrefix(part.Name, "steady") {
				return part.Name
			}
		}
		return ""
	}
	// 1, 2, 3, 1, 2, 3 hours: the median is 2.
	if task := assessTickets(t, logged, "2024-12-31").Tasks[0]; steady(&task) != "steady handling time" || *task.HandlingHours != 2 || task.HandlingSource != HandlingLogged || task.HandlingN != 6 {
		t.Errorf("got %v from %q, n %d", *task.HandlingHours, task.HandlingSource, task.HandlingN)
	}
	open := evidencetest.New()
	for i := range 6 {
		on := date("2024-11-01").AddDate(0, 0, 3*i)
		open.On(on.Format("2006-01-02")).Ticket(fmt.Sprintf("OPS-%d", i), "Rotate key").In("ops").Of("Task").For("Ann").Resolved("Ann", on.AddDate(0, 0, 1).Format("2006-01-02"))
	}
	if task := assessTickets(t, open, "2024-12-31").Tasks[0]; steady(&task) != "steady elapsed time" || task.HandlingHours != nil {
		t.Errorf("where only the tickets tell: %q is steady, got %v hours", steady(&task), task.HandlingHours)
	}
	held := evidencetest.New()
	for i := range 6 {
		// Friday 2024-11-01 14:00 to 20:00 is 6 hours.
		held.On("2024-11-01").Ticket(fmt.Sprintf("OPS-%d", i), "Rotate key").In("ops").Of("Task").Held("Ann", "2024-11-01T14:00", "2024-11-01T20:00").
			For("Ann").Resolved("Ann", "2024-11-01T20:00").Change(func(t *sources.Ticket) { t.Resolved += int64(i) * 3600 * 24 * 40 })
	}
	task := assessTickets(t, held, "2024-11-30").Tasks[0]
	if task.HandlingSource != "" && *task.HandlingHours > workingDayHours {
		t.Errorf("got %v hours from %q", *task.HandlingHours, task.HandlingSource)
	}
	// From Friday 20:00 to Monday 09:00 UTC: 4 hours on Friday, none on the weekend, 8 of the 9 on Monday.
	if got := workingHours(moment("2024-11-01T20:00"), moment("2024-11-04T09:00")); got != 12 {
		t.Errorf("working hours over a weekend: got %v, want 12", got)
	}
}

func moment(text string) int64 {
	return date(text[:10]).Unix() + int64((text[11]-'0')*10+text[12]-'0')*3600
}

func TestAnAssessmentWithoutTicketsHasNoWork(t *testing.T) {
	story := busy(evidencetest.New(), "Ann", "billing/a.go", "2024-05-01", 12).Tree("billing/a.go")
	a := assess(t, story, "2024-06-30")
	if !reflect.DeepEqual(a.Work, WorkCatalog{}) || a.Tasks != nil {
		t.Errorf("got %+v and %d tasks", a.Work, len(a.Tasks))
	}
}

func TestAnExecutionByASecondPersonNeverRaisesTheAbsenceRisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(5, 20).Draw(t, "executions")
		gap := rapid.IntRange(1, 40).Draw(t, "days between")
		who := rapid.SliceOfN(rapid.SampledFrom([]string{"Ann", "Bo", "Cy"}), n, n).Draw(t, "who")
		build := func() *evidencetest.Story {
			s := evidencetest.New()
			every(s, gap, "2023-01-01", n, "Rotate key %d", who...)
			s.On("2024-12-01").Ticket("OTHER-1", "x").For("Zoe").Resolved("Zoe", "2024-12-02") // Zoe is there
			return s
		}
		before := assessTickets(t, build(), "2024-12-31").Tasks[0]
		more := build()
		every(more, 1, rapid.SampledFrom([]string{"2024-12-20", "2024-06-01"}).Draw(t, "when"), 1, "Rotate key %d", "Zoe")
		after := assessTickets(t, more, "2024-12-31").Tasks[0]
		if after.AbsenceRisk > before.AbsenceRisk+1e-12 || after.RiskNow > before.RiskNow+1e-12 {
			t.Fatalf("the risk rose from %v (%v) to %v (%v)", before.AbsenceRisk, before.RiskNow, after.AbsenceRisk, after.RiskNow)
		}
		for _, task := range []Task{before, after} {
			if task.RiskLow > task.AbsenceRisk || task.AbsenceRisk > task.RiskHigh || task.SameHands < 0 || task.SameHands > 1 ||
				task.Routineness.Value < 0 || task.Routineness.Value > 1 || task.Individualization < 0 || task.Individualization > 100 {
				t.Fatalf("out of range: %+v", task)
			}
		}
	})
}

func TestATaskIsOverAfterAYearAndSeveralOfItsPauses(t *testing.T) {
	// Six times, 300 days apart, the last on 2023-02-11: over 2.5 · 300 = 750 days later, on 2025-03-02.
	for asOf, want := range map[string]bool{"2024-03-01": false, "2025-03-02": false, "2025-03-03": true} {
		s := evidencetest.New()
		every(s, 300, "2019-01-02", 6, "Rotate tape %d", "Bo")
		s.On("2019-01-01").Ticket("OPS-999", "Something else").For("Bo").Resolved("Bo", "2019-01-02")
		a := assessTickets(t, s, asOf)
		if tape := taskNamed(t, a, "rotate tape *"); tape.Dormant != want || !tape.Enough {
			t.Errorf("as of %s, %v since: dormant %v, want %v", asOf, date(asOf).Sub(date("2023-02-11")), tape.Dormant, want)
		}
	}
	// Weekly, the last on 2024-02-07: a year says more than two and a half weeks.
	for asOf, want := range map[string]bool{"2024-12-31": false, "2025-02-06": false, "2025-02-07": true} {
		s := evidencetest.New()
		every(s, 7, "2024-01-02", 6, "Rotate tape %d", "Bo")
		s.On("2019-01-01").Ticket("OPS-999", "Something else").For("Bo").Resolved("Bo", "2019-01-02")
		if tape := taskNamed(t, assessTickets(t, s, asOf), "rotate tape *"); tape.Dormant != want {
			t.Errorf("weekly, as of %s: dormant %v, want %v", asOf, tape.Dormant, want)
		}
	}
}
