package analyzer

import (
	"fmt"
	"slices"
)

// verdictOrder is from the most to the least pressing.
var verdictOrder = []Verdict{
	VerdictOrphaned, VerdictOnePerson, VerdictThinlyCovered, VerdictTwoPeople, VerdictTaskStops, VerdictShared, VerdictDormant, VerdictThin,
}

func (v Verdict) rank() int { return slices.Index(verdictOrder, v) }

// verdict judges a system by its numbers, and says by which.
func verdict(s *System, options Options) (Verdict, string) {
	switch {
	case !s.BusFactor.Enough:
		return VerdictThin, fmt.Sprintf("%s that say who knows it; a verdict needs %d", count(s.Commits, "commit"), minimumCommits)
	case s.RecentCommits < minimumRecentCommits:
		return VerdictDormant, fmt.Sprintf("%s on it in the %.0f days before %s", count(s.RecentCommits, "commit"), options.ActivityWindowDays, options.AsOf.UTC().Format("2006-01-02"))
	case s.BusFactor.Value == 0:
		return VerdictOrphaned, fmt.Sprintf("nobody active covers %s of it, and %s arrived in %.0f days",
			percent(s.UncoveredNow), count(s.RecentCommits, "commit"), options.ActivityWindowDays)
	case s.BusFactor.Value == 1 && s.UncoveredWithoutTop < 2*s.UncoveredNow:
		return VerdictThinlyCovered, fmt.Sprintf("%s of it has nobody active who covers it, and one absence makes that %s (n = %s)%s",
			percent(s.UncoveredNow), percent(s.UncoveredWithoutTop), count(s.Commits, "commit"), doubt(&s.BusFactor))
	case s.BusFactor.Value == 1:
		return VerdictOnePerson, fmt.Sprintf("%s of it is uncovered, and one absence makes that %s (n = %s)%s",
			percent(s.UncoveredNow), percent(s.UncoveredWithoutTop), count(s.Commits, "commit"), doubt(&s.BusFactor))
	case s.BusFactor.Value == 2:
		return VerdictTwoPeople, fmt.Sprintf("two absences leave more than half of it uncovered (n = %s)%s", count(s.Commits, "commit"), doubt(&s.BusFactor))
	}
	return VerdictShared, fmt.Sprintf("it takes %d absences to leave more than half of it uncovered (n = %s)%s",
		s.BusFactor.Value, count(s.Commits, "commit"), doubt(&s.BusFactor))
}

// doubt says how far resampling moves the number, where it does.
func doubt(b *BusFactor) string {
	if b.Resamples == 0 || b.Low == b.Value && b.High == b.Value {
		return ""
	}
	return fmt.Sprintf("; resampled commits give %d to %d", b.Low, b.High)
}

// percent writes a share so that only nothing is 0 % and only everything is 100 %, with the bounds of the report's tables.
func percent(share float64) string {
	switch {
	case share > 0 && share < 0.01:
		return "under 1 %"
	case share < 1 && share > 0.99:
		return "over 99 %"
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
