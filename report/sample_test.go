package report

import (
	"time"

	"keyperson/analyzer"
	"keyperson/sources"
)

func date(year int, month time.Month, dayOfMonth int) time.Time {
	return time.Date(year, month, dayOfMonth, 12, 0, 0, 0, time.UTC)
}

// sampleAssessment has one system for each verdict, and texts that mean harm in each format.
func sampleAssessment() Assessment {
	others := date(2024, 3, 1)
	return Assessment{Explain: "keyperson explain", ShowAll: "keyperson --all", Assessment: &analyzer.Assessment{
		AsOf: date(2026, 11, 20), Method: analyzer.MethodFamiliarity,
		Repositories: []analyzer.RepositorySummary{{
			Label: "shop", Path: "/srv/shop", Revision: "4f8cdc2a00112233445566778899aabbccddeeff", Commits: 12006, Merges: 1204,
			First: date(2009, 3, 22), Last: date(2026, 11, 20), Files: 1734,
		}},
		People: []analyzer.Person{
			{ID: "ada@example.org", Name: "Ada Example", Active: true, LastSeen: date(2026, 11, 18)},
			{ID: "bo@example.org", Name: "Bo | `Ticks` <b>bold</b>", Active: true, LastSeen: date(2026, 10, 2)},
			{ID: "eve@example.org", Name: "=cmd()\x1b[31m\u202eevil", LastSeen: date(2023, 1, 5)},
		},
		Census: analyzer.Census{
			Identities: 1050, People: 812, Active: 41, ActivityWindowDays: 180, Merged: 238, Suspects: 12,
			Bots: []string{"dependabot[bot]"}, Agents: []string{"Claude"},
		},
		Findings: []sources.Finding{{Code: "rename-limit", Repository: "shop", Count: 3, Message: "Renames were not searched in 3 commits.", Advice: "Nothing needs doing."}},
		Exclusions: analyzer.Exclusions{
			Files:      []analyzer.ExcludedFiles{{Reason: "documentation", Count: 40, Example: "README.md"}, {Reason: "vendored", Count: 1200, Example: "deps/a.c"}},
			Mechanical: []analyzer.MechanicalCommit{{Repository: "shop", Commit: "00112233445566778899aabbccddeeff00112233", Files: 374, Reason: "374 files added at once"}},
		},
		SystemOrigin: "top-level directories",
		Unmapped:     analyzer.Unmapped{Files: 12, Share: 0.0243, Example: "Makefile"},
		Whole:        analyzer.System{Name: "all", Files: 494, Commits: 9000, TopPerson: 0, TopShare: 0.31, Verdict: analyzer.VerdictShared},
		Systems: []analyzer.System{
			{
				ID: "billing", Name: "billing", Origin: "directory billing/", Files: 31, Commits: 210, RecentCommits: 14, ActivePeople: 1, EverPeople: 4,
				TopPerson: -1, UncoveredNow: 0.83, UncoveredWithoutTop: 0.83, Verdict: analyzer.VerdictOrphaned,
				BusFactor: analyzer.BusFactor{Enough: true, Exact: true, Resamples: 100}, VerdictReason: "nobody active covers 83 % of it",
			},
			{
				ID: "services/payments-and-refunds/gateway", Name: "gateway", Team: "@org/pay", Tier: 1, Origin: "directory services/",
				Files: 423, Commits: 5120, RecentCommits: 77, ActivePeople: 12, EverPeople: 81, TopPerson: 0, TopShare: 0.634, UncoveredNow: 0.1,
				UncoveredWithoutTop: 0.713, LastByOther: &others, MonthsSinceOther: new(32.66), Robustness: []float64{0.9, 0.287, 0.1, 0},
				RobustnessArea: 0.129, Verdict: analyzer.VerdictOnePerson, VerdictReason: "one absence leaves 71 % of it uncovered",
				BusFactor:   analyzer.BusFactor{Enough: true, Value: 1, Exact: true, Low: 1, High: 2, Resamples: 100},
				Hats:        []analyzer.HatCoverage{{Hat: analyzer.HatImplementer, People: 3, Events: 77}, {Hat: analyzer.HatRescue, People: 1, Events: 9}},
				KeyPeople:   []analyzer.KeyPerson{{Person: 0, CoveredAlone: 0.61, LastSeen: date(2026, 11, 18)}},
				OnlyCovered: []analyzer.FileRisk{{Path: "services/payments/\tcharge.go", Weight: 0.2, Commits: 91, Coverers: []int{0}, Next: 1}},
				Comparison:  analyzer.Comparison{ContributorAbsenceFactor: 1, HHI: 0.41, Gini: 0.77, EffectivePeople: 3.2, Major: 3, Minor: 78, TopOwnership: 0.58, TruckFactorAvelino: 1},
			},
			{
				ID: "web", Name: "web", Files: 28, Commits: 900, ActivePeople: 9, EverPeople: 30, TopPerson: 1, TopShare: 0.2, UncoveredWithoutTop: 0.3,
				LastByOther: &others, MonthsSinceOther: new(0.04), Verdict: analyzer.VerdictShared, BusFactor: analyzer.BusFactor{Enough: true, Value: 4, Low: 3, High: 5, Resamples: 100},
			},
			{ID: "tools", Name: "tools", Files: 2, Commits: 3, ActivePeople: 1, EverPeople: 2, TopPerson: 2, TopShare: 1, UncoveredWithoutTop: 1, Verdict: analyzer.VerdictThin},
		},
		Sentences: []analyzer.Sentence{
			{System: "billing", Code: "orphaned", Text: "billing: 14 commits arrived in 180 days, but nobody active knows 83 % of what changes there; name someone to take it over."},
			{System: "services/payments-and-refunds/gateway", Code: "one-person", Text: "gateway: if Ada Example were away, nobody active would know 71 % of what changes there; Bo | `Ticks` <b>bold</b> is nearest."},
		},
	}}
}

func sampleTruckFactor() Assessment {
	a := sampleAssessment()
	a.Method = analyzer.MethodAvelino
	a.TruckFactor = &analyzer.TruckFactor{Value: 2, Files: 1416, CoverageLeft: 0.4812, Developers: []analyzer.TruckFactorDeveloper{
		{Person: 0, Files: 705, Share: 0.4979}, {Person: 1, Files: 398, Share: 0.2811},
	}}
	return a
}

func sampleIncomplete() Assessment {
	a := sampleAssessment()
	a.Incomplete = true
	a.Findings = []sources.Finding{{
		Code: "shallow-clone", Severity: sources.Fatal, Repository: "shop", Count: 50,
		Message: "The clone is shallow: the history before 50 commits is missing.", Advice: "Run git fetch --unshallow.",
	}}
	return a
}

func sampleExplanations() map[string]Explanation {
	a := sampleAssessment()
	evidence := []analyzer.EvidenceLine{
		{
			Repository: "shop", Reference: "99aabbccddeeff00112233445566778899aabbcc", Time: date(2026, 11, 18), Person: 0, Kind: "authored",
			Files: 3, Example: "services/payments/charge.go", Familiarity: 0.9871, Subject: "Charge twice <never> | @ada",
		},
		{
			Repository: "shop", Reference: "00112233445566778899aabbccddeeff00112233", Time: date(2025, 2, 3), Person: 1, Kind: "reviewed",
			Files: 374, Example: "a", Mechanical: "374 files added at once", Subject: "=Import",
		},
	}
	holders := []analyzer.Holder{
		{Person: 0, Share: 0.634, Covers: true, Commits: 91, Created: true, LastSeen: date(2026, 11, 18), DegreeOfAuthorship: new(6.1), DegreeOfExpertise: new(5.5), LinesOwned: new(1200)},
		{Person: 2, Share: 0.1, Commits: 4, LastSeen: date(2023, 1, 5), DegreeOfAuthorship: new(0.5)},
	}
	return map[string]Explanation{
		"explain-system": {Explanation: &analyzer.Explanation{
			AsOf: a.AsOf, People: a.People, Evidence: evidence, Omitted: 17,
			System: &analyzer.SystemExplanation{System: a.Systems[1], Holders: holders, Files: a.Systems[1].OnlyCovered, Related: []analyzer.RelatedSystem{{System: "web", People: 2}, {System: "=mail|queue", People: 1}}},
		}},
		"explain-file": {Incomplete: true, Findings: sampleIncomplete().Findings, Explanation: &analyzer.Explanation{
			AsOf: a.AsOf, People: a.People, Evidence: evidence,
			File: &analyzer.FileExplanation{
				Path: "services/payments/charge.go", Repository: "shop", Systems: []string{"services"}, FormerPaths: []string{"pay/charge.go"},
				ChangeWeight: 0.2, Holders: holders,
			},
		}},
		"explain-person": {Explain: "keyperson explain", WhatIf: "keyperson whatif shop", Explanation: &analyzer.Explanation{
			AsOf: a.AsOf, People: a.People, Evidence: evidence[:1], Omitted: analyzer.Uncounted,
			Person: &analyzer.PersonExplanation{
				Person: 0, Identities: []string{"Ada Example <ada@example.org>", "ada <ada@home.example>"},
				Merges:  []string{"ada@example.org and ada@home.example: named in .mailmap"},
				Systems: []analyzer.PersonSystem{{System: "services", UncoveredNow: 0.1, UncoveredWithout: 0.713, FilesOnlyTheirs: 220, LastSeen: date(2026, 11, 18)}},
				Tasks: []analyzer.PersonTask{
					{ID: "certs", Name: "Renew <certificates>", System: "services", Counted: 14, Share: 0.93, Stops: true},
					{ID: "restart", Name: "=restart|web", System: "web", Counted: 9, Share: 0.6, Runbook: "runbooks/restart.md", Maturity: analyzer.Fresh},
					{ID: "tapes", Name: "Change the tapes", Counted: 5, Share: 0.8, Nobody: true},
				},
				Runbooks: []analyzer.PersonRunbook{
					{Repository: "shop", Path: "runbooks/certs.md", Maturity: analyzer.Exists, OnlyAuthor: true},
					{Repository: "shop", Path: "runbooks/restart.md", Maturity: analyzer.Fresh, Executions: 12, Share: 0.75},
				},
			},
		}},
	}
}

func samplePeople() People {
	return People{
		Identities: []sources.Identity{
			{Name: "Ada Example", Address: "ada@example.org"},
			{Name: "ada", Address: "ada@home.example"},
			{Name: "Bo\nBreak", Address: ""},
			{Name: "dependabot[bot]", Address: "49699333+dependabot[bot]@users.noreply.github.com"},
			{Name: "A. Example", Account: "support/10023", Login: "aexample"},
			{Name: "Bo", Account: "support/bo", Login: "bo"},
		},
		People: &sources.People{
			Persons: []sources.Person{
				{ID: "ada@example.org", Name: "Ada Example", Address: "ada@example.org", Identities: []uint32{0, 1, 4}},
				{ID: "bo", Name: "Bo\nBreak", Identities: []uint32{2}},
				{ID: "dependabot", Name: "dependabot[bot]", Kind: sources.Bot, KindReason: "name ends in [bot]", Identities: []uint32{3}},
				{ID: "support/bo", Name: "Bo", Identities: []uint32{5}},
			},
			ByIdentity: []uint32{0, 0, 1, 2, 0, 3},
			Merges:     []sources.Merge{{Person: 0, A: 0, B: 1, Reason: "named in .mailmap"}, {Person: 0, A: 0, B: 4, Reason: "same login: aexample"}},
			Suspects:   []sources.Suspect{{A: 0, B: 1, Reason: "same first name"}, {A: 1, B: 3, Reason: "same name, which is no full one: bo"}},
		},
	}
}

func sampleSystems() Systems {
	return Systems{
		Origin: "CODEOWNERS", Assessed: 4, LeftOut: 2, ListFiles: true, Unmapped: []string{"Makefile"},
		Systems: []MappedSystem{
			{System: sources.System{ID: "billing", Name: "Billing", Tier: 1, Team: "@org/pay", Origin: "CODEOWNERS:3"}, Files: []string{"billing/a.go", "billing/b\r.go"}, LeftOut: 2},
			{System: sources.System{ID: "web", Name: "Web", Origin: "CODEOWNERS:4"}, Files: []string{"web/index.ts"}},
		},
	}
}
