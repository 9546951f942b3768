package analyzer

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"keyperson/analyzer/graph"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

// mostSuccessors bounds who is proposed.
const mostSuccessors = 5

// mostRanked bounds the files that a ranking looks at, the heaviest first.
const mostRanked = 200

// strongCovers is the share of what the leaver covers that a strong successor covers already; a starting value.
const strongCovers = 0.5

// littleAlone is the share of what changes under which a leaver leaves no more than remnants; a starting value.
const littleAlone = 0.1

// candidate is someone who may follow.
type candidate struct {
	person      uint32
	code, tasks float64 // shares of the ranking by code, and of the practice of the leaver's tasks, in [0,1]
	parts       ranking.Parts
}

// rank finds who can take over: by code as the backtest calibrates it, by tasks as practised, the mean where there are both.
func (h *handing) rank() {
	candidates := h.byCode()
	candidates = h.addByTasks(candidates)
	hasCode, hasTasks := len(h.only) > 0, len(h.Tasks) > 0
	score := func(c *candidate) float64 {
		switch {
		case hasCode && hasTasks:
			return (c.code + c.tasks) / 2
		case hasTasks:
			return c.tasks
		}
		return c.code
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(score(&b), score(&a)), cmp.Compare(h.people.Persons[a.person].ID, h.people.Persons[b.person].ID))
	})
	if !h.Chosen {
		candidates = candidates[:min(len(candidates), mostSuccessors)]
	}
	for i := range candidates {
		c := &candidates[i]
		s := Successor{Person: h.roster.index(c.person), Score: score(c), Covers: h.coversOfHeld(c.person)}
		stopping, canStopping := 0, 0
		for j := range h.Tasks {
			e, _ := h.taskOf(&h.Tasks[j]).executorOf(s.Person)
			can := e.Capability == Alone || e.Capability == Teaches
			if can {
				s.Tasks++
			}
			if h.Tasks[j].Stops {
				stopping++
				if can {
					canStopping++
				}
			}
		}
		s.Confidence = weakest(hasCode, confidenceByCode(c.code, s.Covers), hasTasks, confidenceByTasks(s.Tasks, len(h.Tasks)))
		if !h.active[c.person] {
			s.Confidence = ranking.NoOne
		}
		s.Strong = s.Confidence == ranking.Strong && canStopping == stopping
		s.Reasons = h.reasons(c, &s)
		h.Successors = append(h.Successors, s)
		h.ranked = append(h.ranked, c.person)
	}
}

// weakest is the weaker of the words that apply.
func weakest(hasCode bool, code ranking.Confidence, hasTasks bool, tasks ranking.Confidence) ranking.Confidence {
	order := []ranking.Confidence{ranking.Strong, ranking.Likely, ranking.Weak, ranking.NoOne}
	switch {
	case hasCode && hasTasks:
		return order[max(slices.Index(order, code), slices.Index(order, tasks))]
	case hasTasks:
		return tasks
	}
	return code
}

// confidenceByCode is the word as calibrated on files whose best-knowing person had left. It says who will probably do the next work;
// to be a strong successor takes to know half of it as well.
func confidenceByCode(share, covers float64) ranking.Confidence {
	word := ranking.AfterLeaving.Word(share)
	if covers < strongCovers && word == ranking.Strong {
		return ranking.Likely
	}
	return word
}

// confidenceByTasks is strong for all of the tasks, likely for half of them; no backtest has calibrated it.
func confidenceByTasks(can, all int) ranking.Confidence {
	switch {
	case can == all:
		return ranking.Strong
	case 2*can >= all:
		return ranking.Likely
	}
	return ranking.Weak
}

// mayFollow says whether someone is asked about: one of those named by the user, else anyone active who is not the leaver under
// another name.
func (h *handing) mayFollow(person uint32) bool {
	if h.Chosen {
		return slices.Contains(h.chosen, person)
	}
	return person != h.leaver && h.active[person] && !h.isSuspected(person, []uint32{h.leaver})
}

// byCode ranks by what is near the files that only the leaver knows, else near all files. Who never came near is nobody to
// take over, unless the user named them. Shares are of all who may do the work: being the only one named makes nobody likely.
func (h *handing) byCode() []candidate {
	var candidates []candidate
	files := slices.Clone(h.only)
	if len(files) == 0 {
		files = slices.Clone(h.files)
	}
	for _, c := range h.nextWork().Rank(h.heaviestThings(files), func(person uint32) bool {
		return person == h.leaver || !h.active[person] || h.isSuspected(person, []uint32{h.leaver})
	}) {
		if h.mayFollow(c.Person) && (h.Chosen || c.Parts.Nearest() >= minimumNearness) {
			candidates = append(candidates, candidate{person: c.Person, code: c.Share, parts: c.Parts})
		}
	}
	for _, person := range h.chosen {
		if !slices.ContainsFunc(candidates, func(c candidate) bool { return c.person == person }) {
			candidates = append(candidates, candidate{person: person})
		}
	}
	return candidates
}

// heaviestThings are the things of the heaviest of some files, which it sorts.
func (h *handing) heaviestThings(files []uint32) []uint32 {
	slices.SortFunc(files, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(h.graph.ChangeWeightOf(b), h.graph.ChangeWeightOf(a)), cmp.Compare(a, b))
	})
	var things []uint32
	for _, file := range files[:min(len(files), mostRanked)] {
		things = append(things, h.graph.Files[file].Thing)
	}
	return things
}

// addByTasks adds the share that each has of the practice of the leaver's tasks, each task weighed by how often it came up.
func (h *handing) addByTasks(candidates []candidate) []candidate {
	var persons []uint32
	practices := map[uint32]float64{}
	sum := 0.0
	for i := range h.Tasks {
		t := h.taskOf(&h.Tasks[i])
		for _, e := range t.Executors {
			person := h.personAt(e.Person)
			if !h.mayFollow(person) || e.Practice < minimumNearness {
				continue
			}
			if practices[person] == 0 {
				persons = append(persons, person)
			}
			practices[person] += e.Practice * float64(1+t.Recent)
			sum += e.Practice * float64(1+t.Recent)
		}
	}
	for _, person := range persons {
		at := slices.IndexFunc(candidates, func(c candidate) bool { return c.person == person })
		if at < 0 {
			at = len(candidates)
			candidates = append(candidates, candidate{person: person})
		}
		candidates[at].tasks = practices[person] / sum
	}
	return candidates
}

// coversOfHeld is the change-weighted share of what the leaver covers that someone else covers today.
func (h *handing) coversOfHeld(person uint32) float64 {
	held, both := 0.0, 0.0
	for _, file := range h.files {
		if !h.knows(h.leaver, file) {
			continue
		}
		weight := h.graph.ChangeWeightOf(file)
		held += weight
		if slices.Contains(h.covering.of(h.graph.Files[file].History), person) {
			both += weight
		}
	}
	if held == 0 {
		return 0
	}
	return both / held
}

// reasons are the evidence for someone, in words.
func (h *handing) reasons(c *candidate, s *Successor) []string {
	var reasons []string
	if h.Held.Files > 0 {
		if s.Covers > 0 {
			reasons = append(reasons, fmt.Sprintf("covers %s of what %s covers", percent(s.Covers), h.name(h.leaver)))
		} else {
			reasons = append(reasons, fmt.Sprintf("covers nothing of what %s covers", h.name(h.leaver)))
		}
	}
	if len(h.Tasks) > 0 {
		can := "none"
		if s.Tasks > 0 {
			can = strconv.Itoa(s.Tasks)
		}
		reasons = append(reasons, fmt.Sprintf("can do %s of %s alone", can, plural(len(h.Tasks), "task", "tasks")))
	}
	if len(h.only) > 0 {
		reasons = append(reasons, h.nearnessWords(h.only, c.person, &c.parts))
	}
	if !h.active[c.person] {
		reasons = append(reasons, "not active: last seen "+timeOf(h.graph.LastSeen[c.person]).Format(time.DateOnly))
	}
	return reasons
}

func (w *work) name(person uint32) string { return w.people.Persons[person].Name }

// nearnessWords say what someone did on files, or near them.
func (h *handing) nearnessWords(files []uint32, person uint32, parts *ranking.Parts) string {
	touched, last := 0, int64(math.MinInt64)
	for _, file := range files {
		for i := range h.graph.TiesOf(file) {
			if tie := &h.graph.TiesOf(file)[i]; tie.Person == person && tie.Commits > 0 {
				touched++
				last = max(last, tie.LastSeen)
			}
		}
	}
	switch near := max(parts.Directory, parts.CoChange, parts.Subtree); {
	case touched == len(files):
		return "has worked on all of these files, last on " + timeOf(last).Format(time.DateOnly)
	case touched > 0:
		return fmt.Sprintf("has worked on %d of the %s that nobody else covers, last on %s", touched, plural(len(files), "file", "files"), timeOf(last).Format(time.DateOnly))
	case near == 0:
		return "has worked neither on these files nor on anything near them"
	case near == parts.CoChange:
		return fmt.Sprintf("did %s of the recent work on what changes with these files", percent(near))
	case near == parts.Directory:
		return fmt.Sprintf("did %s of the recent work in the same directories", percent(near))
	default:
		return fmt.Sprintf("did %s of the recent work in the directories around", percent(near))
	}
}

// nameNearest names for each cluster the successor who will most probably do the next work on it, with the evidence.
func (h *handing) nameNearest() {
	for i := range h.Clusters {
		c := &h.Clusters[i]
		for _, next := range h.nextWork().Rank(h.heaviestThings(slices.Clone(c.files)), func(person uint32) bool {
			return !slices.Contains(h.ranked, person)
		}) {
			if next.Parts.Nearest() >= minimumNearness || h.touchedLately(next.Person, c.files) {
				c.Nearest, c.Reason = h.roster.index(next.Person), h.nearnessWords(c.files, next.Person, &next.Parts)
				break
			}
		}
	}
}

// touchedLately says whether someone did anything on files within the activity window, however little beside who leaves.
func (h *handing) touchedLately(person uint32, files []uint32) bool {
	return slices.ContainsFunc(files, func(file uint32) bool {
		return slices.ContainsFunc(h.graph.TiesOf(file), func(t graph.Tie) bool { return t.Person == person && t.LastSeen >= h.window })
	})
}

// addLoad counts what hangs on each successor now and after the transfer: the systems and tasks that fall to them
// when the leaver is gone, and the tasks that stop and for which they are the nearest.
func (h *handing) addLoad() {
	for i := range h.Successors {
		s := &h.Successors[i]
		s.Load.Before = hangingOn(h.before, s.Person)
		s.Load.After = hangingOn(h.after, s.Person)
		for j := range h.Tasks {
			if t := &h.Tasks[j]; t.Stops && t.Nearest == s.Person {
				s.Load.After++
			}
		}
		if i == 0 && h.system != sources.None && len(h.only) > 0 && 2*h.Held.AloneWeight > 1 {
			s.Load.After++ // the system itself
		}
		s.Load.OverCap = s.Load.After > h.LoadCap
	}
}

// hangingOn counts the systems and tasks that one absence would leave without anyone.
func hangingOn(a *Assessment, person int) int {
	n := 0
	for i := range a.Systems {
		if a.Systems[i].isHeldAlone() && a.Systems[i].TopPerson == person && a.Systems[i].Verdict != VerdictDormant {
			n++
		}
	}
	for i := range a.Tasks {
		if a.Tasks[i].StopsWithout && a.Tasks[i].TopPerson == person {
			n++
		}
	}
	return n
}

// judge says who can take over, or that no one here can.
func (h *handing) judge() {
	leaver := h.name(h.leaver)
	stops := 0
	for i := range h.Tasks {
		if h.Tasks[i].Stops {
			stops++
		}
	}
	tail := ""
	if stops > 0 {
		tail = fmt.Sprintf(" Without %s %s.", leaver, plural(stops, "recurring task stops", "recurring tasks stop"))
	}
	for i := range h.Successors {
		if s := &h.Successors[i]; s.Strong {
			h.Strong = true
			h.Verdict = fmt.Sprintf("%s can take over: %s.%s", h.roster.listed[s.Person].Name, strings.Join(s.Reasons, ", "), tail)
			return
		}
	}
	switch {
	case len(h.only) == 0 && stops == 0 && len(h.Successors) > 0:
		h.Verdict = fmt.Sprintf("Nothing here hangs on %s alone: every file they cover is covered by others, and no task stops.", leaver)
	case len(h.Successors) == 0:
		h.Verdict = fmt.Sprintf("No one here can take over from %s: nobody active has done any of it, or come near it.%s", leaver, tail)
	default:
		s := &h.Successors[0]
		none := fmt.Sprintf("There is no strong successor for %s.", leaver)
		if stops == 0 && h.Held.AloneWeight < littleAlone {
			none = fmt.Sprintf("Only %s of what changes here hangs on %s alone; for that there is no strong successor.", percent(h.Held.AloneWeight), leaver)
		}
		h.Verdict = fmt.Sprintf("%s The nearest is %s (%s): %s.%s",
			none, h.roster.listed[s.Person].Name, confidenceWords(s.Confidence), strings.Join(s.Reasons, ", "), tail)
	}
}

func confidenceWords(c ranking.Confidence) string {
	if c == ranking.NoOne {
		return "not active"
	}
	return string(c) + " evidence"
}
