package accuracy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer"
	"keyperson/sources"
	"keyperson/sources/demo"
)

func TestFactsAreCountedOnceOnEachSide(t *testing.T) {
	// Three facts are true, of which b and c were found; d is not true. Said twice is said once.
	got := score("facts", []string{"c", "a", "b", "a"}, []string{"d", "b", "c", "b"})
	want := Score{Category: "facts", Planted: 3, Found: 3, Hits: 2, Missed: []string{"a"}, Wrong: []string{"d"}}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("(-want +got):\n%s", difference)
	}
	if got.Recall() != 2.0/3 || got.Precision() != 2.0/3 {
		t.Errorf("recall %v, precision %v, want 2/3 each", got.Recall(), got.Precision())
	}
	if nothing := score("nothing", nil, nil); nothing.Recall() != 1 || nothing.Precision() != 1 {
		t.Errorf("nothing planted and nothing found: %+v", nothing)
	}
}

// small is an organisation of two near-namesakes, one of whom has two names, with one task each.
func small() *Case {
	lena := demo.PersonTruth{ID: "lvoss", Identities: []demo.Identity{
		{Name: "Lena Voss", Address: "lena@x.example"}, {Name: "Lena Voss", Account: "lvoss"},
	}}
	lene := demo.PersonTruth{ID: "lvoss2", Identities: []demo.Identity{{Name: "Lene Voss", Address: "lene@x.example"}}}
	return &Case{
		Truth: &demo.Truth{
			People: []demo.PersonTruth{lena, lene},
			Tasks: []demo.TaskTruth{
				{ID: "certificates", PlacedBy: "rule", Match: "certificates", Words: "Renew certificate of", Quadrant: "fix", Level: "B", Holder: "lvoss", Executions: 40},
				{ID: "review", PlacedBy: "request type", Match: "Architecture review", Quadrant: "protect", Level: "A", Holder: "lvoss2", Executions: 9},
				{ID: "move", PlacedBy: "request type", Match: "Office move", TooFew: true, Executions: 3},
			},
		},
		Evidence: &sources.Evidence{Identities: []sources.Identity{
			{Name: "Lena Voss", Address: "lena@x.example"}, {Name: "Lena Voss", Account: "jira/lvoss"}, {Name: "Lene Voss", Address: "lene@x.example"},
		}},
		People: &sources.People{
			Persons:    []sources.Person{{ID: "lena@x.example", Identities: []uint32{0, 1}}, {ID: "lene@x.example", Identities: []uint32{2}}},
			ByIdentity: []uint32{0, 0, 1},
		},
		Assessment: &analyzer.Assessment{
			People: []analyzer.Person{{ID: "lena@x.example"}, {ID: "lene@x.example"}},
			Tasks: []analyzer.Task{
				{ID: "certificates", Rule: "rule certificates", Quadrant: analyzer.Fix, Level: analyzer.LevelB, TopPerson: 0, AbsenceRisk: 0.9, Executions: 39},
				{ID: "architecture-review", Rule: "request type Architecture review", Quadrant: analyzer.Protect, Level: analyzer.LevelA, TopPerson: 1, AbsenceRisk: 0.9, Executions: 9},
			},
		},
	}
}

func TestAWholeTruthFoundIsWithoutFault(t *testing.T) {
	for _, s := range Compare(small()) {
		if s.Category == "task classes" || s.Category == "programs" {
			continue // the case says nothing of them
		}
		if len(s.Missed) > 0 || len(s.Wrong) > 0 {
			t.Errorf("%s: missed %q, wrong %q", s.Category, s.Missed, s.Wrong)
		}
	}
}

func TestEachFaultIsCountedInItsCategory(t *testing.T) {
	for name, test := range map[string]struct {
		spoil    func(*Case)
		category string
		missed   []string
		wrong    []string
	}{
		"two people taken for one": {
			func(c *Case) {
				c.People.Persons = []sources.Person{{ID: "lena@x.example", Identities: []uint32{0, 1, 2}}}
				c.People.ByIdentity = []uint32{0, 0, 0}
			},
			"people joined", nil,
			[]string{"lvoss is not lvoss2"},
		},
		"one person taken for two": {
			func(c *Case) { c.People.ByIdentity[1] = 1 },
			"people joined",
			[]string{"lvoss: Lena Voss <> lvoss"},
			nil,
		},
		"good personal work to be fixed": {
			func(c *Case) { c.Assessment.Tasks[1].Quadrant = analyzer.Fix },
			"task quadrants",
			[]string{"review: protect"},
			[]string{"review: fix"},
		},
		"a task that nobody planted": {
			func(c *Case) {
				c.Assessment.Tasks = append(c.Assessment.Tasks, analyzer.Task{Rule: "template lunch for *", Quadrant: analyzer.Fix})
			},
			"task quadrants", nil,
			[]string{"(template lunch for *): fix"},
		},
		"a part of a planted task that lost its component": {
			func(c *Case) {
				c.Assessment.Tasks = append(c.Assessment.Tasks, analyzer.Task{Rule: "template renew certificate of *", Quadrant: analyzer.Fix, TopPerson: 0})
			},
			"task quadrants", nil, nil,
		},
		"the wrong holder": {
			func(c *Case) { c.Assessment.Tasks[0].TopPerson = 1 },
			"task holders",
			[]string{"certificates hangs on lvoss"},
			[]string{"certificates hangs on lvoss2"},
		},
		"bulk closings counted as work": {
			func(c *Case) { c.Assessment.Tasks[0].Executions = 60 },
			"task executions",
			[]string{"certificates: 40 executions"},
			[]string{"certificates: 60 executions instead of 40"},
		},
		"a judgement on too little": {
			func(c *Case) {
				c.Assessment.Tasks = append(c.Assessment.Tasks, analyzer.Task{Rule: "request type Office move", Quadrant: analyzer.Fix})
			},
			"task quadrants", nil,
			[]string{"move: fix"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := small()
			test.spoil(c)
			for _, s := range Compare(c) {
				if s.Category != test.category {
					continue
				}
				if difference := cmp.Diff([][]string{test.missed, test.wrong}, [][]string{s.Missed, s.Wrong}); difference != "" {
					t.Errorf("missed and wrong (-want +got):\n%s", difference)
				}
			}
		})
	}
}
