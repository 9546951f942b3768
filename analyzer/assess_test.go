package analyzer

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

func date(text string) time.Time {
	d, err := time.Parse("2006-01-02", text)
	if err != nil {
		panic(err)
	}
	return d
}

func assess(t interface{ Fatal(...any) }, s *evidencetest.Story, asOf string, change ...func(*Options)) *Assessment {
	options := DefaultOptions(date(asOf))
	for _, c := range change {
		c(&options)
	}
	a, err := Assess(s.Evidence, s.People(), s.Systems(), options)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// busy makes n commits to a path, a day apart.
func busy(s *evidencetest.Story, author, path, from string, n int) *evidencetest.Story {
	s.By(author)
	for i := range n {
		s.On(date(from).AddDate(0, 0, i).Format("2006-01-02"))
		s.Commit("M " + path)
	}
	return s
}

func systemNamed(a *Assessment, id string) *System {
	for i := range a.Systems {
		if a.Systems[i].ID == id {
			return &a.Systems[i]
		}
	}
	return nil
}

func TestVerdictsOfPlantedSystems(t *testing.T) {
	story := evidencetest.New()
	// billing: Ann alone. web: Ann, Bo and Cy all over both files. old: nobody for years. left: its one
	// author is gone, and strangers drop in. tiny: three commits.
	busy(story, "Ann", "billing/a.go", "2024-05-01", 12)
	for _, name := range []string{"Ann", "Bo", "Cy"} {
		busy(story, name, "web/a.go", "2024-05-01", 5)
		busy(story, name, "web/b.go", "2024-05-10", 5)
	}
	busy(story, "Ann", "old/a.go", "2020-01-01", 12)
	busy(story, "Dee", "left/a.go", "2023-06-01", 40)
	for i, name := range []string{"Eve", "Fay", "Gus"} {
		busy(story, name, fmt.Sprintf("left/%d.go", i), "2024-05-01", 1)
	}
	busy(story, "Bo", "tiny/a.go", "2024-05-01", 3)
	story.Tree("billing/a.go", "web/a.go", "web/b.go", "old/a.go", "left/a.go", "tiny/a.go")
	a := assess(t, story, "2024-06-30")
	got := map[string]Verdict{}
	for _, s := range a.Systems {
		got[s.ID] = s.Verdict
	}
	want := map[string]Verdict{
		"billing": VerdictOnePerson, "web": VerdictShared, "old": VerdictDormant, "left": VerdictDormant, "tiny": VerdictThin,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
	billing := systemNamed(a, "billing")
	if name := a.People[billing.TopPerson].Name; name != "Ann" || billing.UncoveredWithoutTop != 1 || billing.MonthsSinceOther != nil {
		t.Errorf("billing: got top %q, %v uncovered without, %v months since others; want Ann, 1, never", name, billing.UncoveredWithoutTop, billing.MonthsSinceOther)
	}
	if first := a.Systems[0].ID; first != "billing" {
		t.Errorf("the worst system: got %s, want billing", first)
	}
	if text := a.Sentences[0].Text; !strings.Contains(text, "if Ann were away") {
		t.Errorf("the first sentence: got %q", text)
	}
}

func TestWorkThatArrivesAfterItsOnlyAuthorLeftIsOrphaned(t *testing.T) {
	story := busy(evidencetest.New(), "Dee", "left/a.go", "2023-06-01", 40)
	for _, name := range []string{"Eve", "Fay", "Gus"} {
		busy(story, name, "left/a.go", "2024-05-01", 1)
	}
	story.Tree("left/a.go")
	s := systemNamed(assess(t, story, "2024-06-30"), "left")
	if s.Verdict != VerdictOrphaned || s.BusFactor.Value != 0 || s.TopPerson != -1 {
		t.Errorf("got %s, bus factor %+v, top %d; want orphaned, 0, nobody", s.Verdict, s.BusFactor, s.TopPerson)
	}
	if s.LastByOther != nil || s.MonthsSinceOther != nil {
		t.Errorf("someone other than nobody: got %v, %v months before; want none", s.LastByOther, *s.MonthsSinceOther)
	}
}

func TestWhoIsListedAsLeftCoversNothing(t *testing.T) {
	story := busy(evidencetest.New(), "Ann", "billing/a.go", "2024-05-01", 12).Tree("billing/a.go")
	s := systemNamed(assess(t, story, "2024-06-30", func(o *Options) { o.Left = []string{"ann@example.org"} }), "billing")
	if s.BusFactor.Value != 0 || s.UncoveredNow != 1 {
		t.Errorf("got bus factor %+v with %v uncovered, want 0 with 1", s.BusFactor, s.UncoveredNow)
	}
}

func TestOneMassCommitMakesNoKeyPerson(t *testing.T) {
	// Bo's 374 generated files would be 97 % of all files authored; Ann did all of the work.
	story := busy(evidencetest.New(), "Ann", "src/a.go", "2024-05-01", 30)
	var changes []string
	for i := range 374 {
		changes = append(changes, fmt.Sprintf("A src/commands/%d.json", i))
	}
	story.By("Bo").Commit(changes...).Tree("src/a.go")
	for i := range 374 {
		story.Tree(fmt.Sprintf("src/commands/%d.json", i))
	}
	a := assess(t, story, "2024-06-30")
	s := systemNamed(a, "src")
	if s.BusFactor.Value != 1 || a.People[s.KeyPeople[0].Person].Name != "Ann" {
		t.Errorf("got bus factor %+v of %+v, want 1, Ann", s.BusFactor, s.KeyPeople)
	}
	if len(a.Exclusions.Mechanical) != 1 || a.Exclusions.Mechanical[0].Files != 374 {
		t.Errorf("mechanical commits: got %+v, want one of 374 files", a.Exclusions.Mechanical)
	}
}

func TestOnePassingRepairIsNoHoldOnABusyFile(t *testing.T) {
	story := busy(evidencetest.New(), "Dee", "left/a.go", "2021-01-01", 40)
	busy(story, "Eve", "left/a.go", "2024-06-01", 1)
	busy(story, "Ann", "left/b.go", "2024-06-01", 3)
	story.Tree("left/a.go", "left/b.go")
	x, err := Explain(story.Evidence, story.People(), story.Systems(), DefaultOptions(date("2024-06-30")), "left/a.go", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, holder := range x.File.Holders {
		if holder.Covers {
			t.Errorf("%s covers a file of 41 commits: %+v", x.People[holder.Person].Name, holder)
		}
	}
}

func TestNothingIsCalledSafeThatCouldNotBeJudged(t *testing.T) {
	story := busy(evidencetest.New(), "Ann", "tiny/a.go", "2024-06-01", 2).Tree("tiny/a.go")
	if got := assess(t, story, "2024-06-30").Sentences[0].Code; got != "nothing-judged" {
		t.Errorf("two commits: got %q, want nothing-judged", got)
	}
}

func TestFatalFindingsGiveNoScoresUnlessAccepted(t *testing.T) {
	story := busy(evidencetest.New(), "Ann", "billing/a.go", "2024-05-01", 12).Tree("billing/a.go")
	story.Evidence.Findings = []sources.Finding{
		{Code: "mild"}, {Code: "shallow-clone", Severity: sources.Fatal, Message: "the clone is shallow"},
	}
	_, err := Assess(story.Evidence, story.People(), story.Systems(), DefaultOptions(date("2024-06-30")))
	var quality *DataQualityError
	if !errors.As(err, &quality) || len(quality.Findings) != 1 {
		t.Fatalf("got %v, want a data quality error with the one fatal finding", err)
	}
	a := assess(t, story, "2024-06-30", func(o *Options) { o.AcceptIncomplete = true })
	if !a.Incomplete || a.Findings[0].Code != "shallow-clone" {
		t.Errorf("accepted: got incomplete %v, findings %+v; want marked, fatal first", a.Incomplete, a.Findings)
	}
}

func TestAnUnknownSystemIsNamedWithTheKnownOnes(t *testing.T) {
	story := busy(evidencetest.New(), "Ann", "billing/a.go", "2024-05-01", 2).Tree("billing/a.go")
	options := DefaultOptions(date("2024-06-30"))
	options.System = "biling"
	_, err := Assess(story.Evidence, story.People(), story.Systems(), options)
	var unknown *UnknownSystemError
	if !errors.As(err, &unknown) || !strings.Contains(err.Error(), "billing") {
		t.Errorf("got %v, want an error that names billing", err)
	}
}

func TestExpertiseNeedsLineCounts(t *testing.T) {
	story := busy(evidencetest.New(), "Ann", "billing/a.go", "2024-05-01", 2).Tree("billing/a.go")
	options := DefaultOptions(date("2024-06-30"))
	options.Method = MethodExpertise
	if _, err := Assess(story.Evidence, story.People(), story.Systems(), options); !errors.Is(err, ErrNoLineCounts) {
		t.Errorf("got %v, want %v", err, ErrNoLineCounts)
	}
}

// drawStory makes a busy random history of four people on six files.
func drawStory(t *rapid.T) *evidencetest.Story {
	story := evidencetest.New()
	files := []string{"api/a.go", "api/b.go", "api/c.go", "web/a.go", "web/b.go", "web/c.go"}
	for i := range rapid.IntRange(10, 40).Draw(t, "commits") {
		story.On(date("2024-01-01").AddDate(0, 0, 4*i).Format("2006-01-02"))
		story.By(rapid.SampledFrom([]string{"Ann", "Bo", "Cy", "Dee"}).Draw(t, "author"))
		changes := []string{"M " + rapid.SampledFrom(files).Draw(t, "file")}
		if second := "M " + rapid.SampledFrom(files).Draw(t, "second file"); second != changes[0] {
			changes = append(changes, second)
		}
		story.Commit(changes...)
	}
	return story.Tree(files...)
}

func TestResultsDoNotDependOnTheNumberOfWorkers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		story := drawStory(t)
		one := assess(t, story, "2024-06-30", func(o *Options) { o.Workers = 1; o.Resamples = 20 })
		many := assess(t, story, "2024-06-30", func(o *Options) { o.Workers = 5; o.Resamples = 20 })
		if diff := cmp.Diff(one, many, cmp.AllowUnexported(FileRisk{})); diff != "" {
			t.Fatalf("one worker and five differ:\n%s", diff)
		}
	})
}

// Someone who pairs on what another person does may come to cover what they cover, and knows nothing better than they
// do, so that no absence can uncover more than before.
func TestAPairOnCommitsOfAPersonNeverLowersTheBusFactor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		story := drawStory(t)
		before := assess(t, story, "2024-06-30", func(o *Options) { o.Resamples = 0 })
		mentor := rapid.SampledFrom([]string{"Ann", "Bo", "Cy", "Dee"}).Draw(t, "mentor")
		shadowed := *story.Evidence
		shadowed.Identities = append(append([]sources.Identity{}, shadowed.Identities...), sources.Identity{Name: "Pat", Address: "pat@example.org"})
		shadowed.Records = nil
		isEach := rapid.Bool().Draw(t, "on each commit")
		for first := 0; first < len(story.Evidence.Records); {
			end := first
			for end < len(story.Evidence.Records) && story.Evidence.Records[end].Event == story.Evidence.Records[first].Event {
				end++
			}
			records := story.Evidence.Records[first:end]
			shadowed.Records = append(shadowed.Records, records...)
			isBeside := isEach || rapid.Bool().Draw(t, "on this commit")
			for _, record := range records {
				if isBeside && story.Evidence.Identities[record.Person].Name == mentor {
					record.Person, record.Kind = uint32(len(shadowed.Identities)-1), sources.CoAuthored
					shadowed.Records = append(shadowed.Records, record)
				}
			}
			first = end
		}
		story.Evidence = &shadowed
		after := assess(t, story, "2024-06-30", func(o *Options) { o.Resamples = 0 })
		for _, s := range before.Systems {
			if now := systemNamed(after, s.ID); now.BusFactor.Value < s.BusFactor.Value {
				t.Fatalf("%s: with someone beside %s the bus factor fell from %d to %d", s.ID, mentor, s.BusFactor.Value, now.BusFactor.Value)
			}
		}
	})
}

func TestNumbersStayInTheirRanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := assess(t, drawStory(t), "2024-06-30", func(o *Options) { o.Resamples = 10 })
		for _, s := range append(a.Systems, a.Whole) {
			for name, share := range map[string]float64{
				"top share": s.TopShare, "uncovered now": s.UncoveredNow, "uncovered without": s.UncoveredWithoutTop,
				"robustness area": s.RobustnessArea, "HHI": s.Comparison.HHI, "Gini": s.Comparison.Gini,
			} {
				if share < 0 || share > 1+1e-9 {
					t.Fatalf("%s: %s is %v, outside [0,1]", s.ID, name, share)
				}
			}
			b := s.BusFactor
			if b.Low > b.Value || b.High < b.Value || s.UncoveredWithoutTop < s.UncoveredNow-1e-9 {
				t.Fatalf("%s: bus factor %+v, uncovered %v and %v without the top", s.ID, b, s.UncoveredNow, s.UncoveredWithoutTop)
			}
			if b.Value == 1 && s.UncoveredWithoutTop <= 0.5 {
				t.Fatalf("%s: bus factor 1, but the worst absence leaves only %v uncovered", s.ID, s.UncoveredWithoutTop)
			}
		}
	})
}
