package report

import "keyperson/analyzer"

type systemView struct {
	ID                  text             `json:"id"`
	Name                text             `json:"name"`
	Team                text             `json:"team"`
	Tier                int              `json:"tier"`
	Origin              text             `json:"origin"`
	Files               int              `json:"files"`
	Commits             int              `json:"commits"`
	RecentCommits       int              `json:"recent_commits"`
	ActivePeople        int              `json:"active_people"`
	EverPeople          int              `json:"ever_people"`
	BusFactor           *busFactorView   `json:"bus_factor"` // null where there is not enough evidence
	TopPerson           *personView      `json:"top_person"`
	TopShare            decimal          `json:"top_share"`
	UncoveredNow        decimal          `json:"uncovered_now"`
	UncoveredWithoutTop decimal          `json:"uncovered_without_top"`
	LastByOther         *timestamp       `json:"last_by_other"`
	MonthsSinceOther    *decimal         `json:"months_since_other"`
	Robustness          []decimal        `json:"robustness"`
	RobustnessArea      decimal          `json:"robustness_area"`
	Comparison          comparisonView   `json:"comparison"`
	Verdict             text             `json:"verdict"`
	VerdictReason       text             `json:"verdict_reason"`
	KeyPeople           []keyPersonView  `json:"key_people"`
	OnlyCovered         []fileRiskView   `json:"only_covered"`
	Tasks               *systemTasksView `json:"tasks,omitempty"` // where tickets were read
	Hats                []hatView        `json:"hats"`
}

// hatView is how many people wear a hat, never who.
type hatView struct {
	Hat    text `json:"hat"`
	People int  `json:"people"`
	Events int  `json:"events"`
}

type systemTasksView struct {
	Count          int      `json:"count"`
	Stops          int      `json:"stops"`
	Worst          text     `json:"worst"` // ID of a task
	Runbooks       int      `json:"runbooks"`
	SoleHours      *decimal `json:"sole_person_hours"`
	SoleHoursLeast *decimal `json:"sole_person_hours_least"`
}

func systemTasksViewOf(a *analyzer.Assessment, s analyzer.SystemTasks) *systemTasksView {
	if a.Work.Tickets == 0 {
		return nil
	}
	view := &systemTasksView{Count: s.Count, Stops: s.Stops, Runbooks: s.Runbooks, SoleHours: mostHours(s.SoleHours), SoleHoursLeast: leastHours(s.SoleHours)}
	if s.Worst >= 0 {
		view.Worst = text(a.Tasks[s.Worst].ID)
	}
	return view
}

type busFactorView struct {
	Value     int  `json:"value"`
	Exact     bool `json:"exact"`
	Low       int  `json:"low"`
	High      int  `json:"high"`
	Resamples int  `json:"resamples"`
}

type comparisonView struct {
	ContributorAbsenceFactor int     `json:"contributor_absence_factor"`
	HHI                      decimal `json:"hhi"`
	Gini                     decimal `json:"gini"`
	EffectivePeople          decimal `json:"effective_people"`
	Major                    int     `json:"major"`
	Minor                    int     `json:"minor"`
	TopOwnership             decimal `json:"top_ownership"`
	TruckFactorAvelino       int     `json:"truck_factor_avelino"`
}

type keyPersonView struct {
	Person       *personView `json:"person"`
	CoveredAlone decimal     `json:"covered_alone"`
	LastSeen     timestamp   `json:"last_seen"`
}

type fileRiskView struct {
	Path     text          `json:"path"`
	Weight   decimal       `json:"weight"`
	Commits  int           `json:"commits"`
	Coverers []*personView `json:"coverers,omitempty"` // only in explanations
	Next     *personView   `json:"next"`
}

func systemViewOf(people []analyzer.Person, s analyzer.System) systemView {
	view := systemView{
		ID: text(s.ID), Name: text(s.Name), Team: text(s.Team), Tier: s.Tier, Origin: text(s.Origin),
		Files: s.Files, Commits: s.Commits, RecentCommits: s.RecentCommits, ActivePeople: s.ActivePeople, EverPeople: s.EverPeople,
		TopPerson: personViewOf(people, s.TopPerson), TopShare: decimal(s.TopShare),
		UncoveredNow: decimal(s.UncoveredNow), UncoveredWithoutTop: decimal(s.UncoveredWithoutTop),
		LastByOther: optionalTimestamp(s.LastByOther), MonthsSinceOther: optionalDecimal(s.MonthsSinceOther),
		Robustness: decimals(s.Robustness), RobustnessArea: decimal(s.RobustnessArea),
		Comparison: comparisonViewOf(s.Comparison), Verdict: text(s.Verdict), VerdictReason: text(s.VerdictReason),
		KeyPeople: []keyPersonView{}, OnlyCovered: fileRiskViews(people, s.OnlyCovered), Hats: []hatView{},
	}
	for _, h := range s.Hats {
		view.Hats = append(view.Hats, hatView{text(h.Hat), h.People, h.Events})
	}
	view.BusFactor = busFactorViewOf(s.BusFactor)
	for _, k := range s.KeyPeople {
		view.KeyPeople = append(view.KeyPeople, keyPersonView{personViewOf(people, k.Person), decimal(k.CoveredAlone), timestamp(k.LastSeen)})
	}
	return view
}

func comparisonViewOf(c analyzer.Comparison) comparisonView {
	return comparisonView{
		c.ContributorAbsenceFactor, decimal(c.HHI), decimal(c.Gini), decimal(c.EffectivePeople),
		c.Major, c.Minor, decimal(c.TopOwnership), c.TruckFactorAvelino,
	}
}

func fileRiskViews(people []analyzer.Person, risks []analyzer.FileRisk) []fileRiskView {
	views := make([]fileRiskView, len(risks))
	for i, r := range risks {
		views[i] = fileRiskView{Path: text(r.Path), Weight: decimal(r.Weight), Commits: r.Commits, Next: personViewOf(people, r.Next)}
		for _, person := range r.Coverers {
			views[i].Coverers = append(views[i].Coverers, personViewOf(people, person))
		}
	}
	return views
}

// busFactorViewOf is null where there is not enough evidence.
func busFactorViewOf(b analyzer.BusFactor) *busFactorView {
	if !b.Enough {
		return nil
	}
	return &busFactorView{b.Value, b.Exact, b.Low, b.High, b.Resamples}
}
