package concentration

// ContributorAbsenceFactor is the size of the smallest group of people who made at least half of all
// contributions, at least 1; 0 without contributions. Formerly called bus factor by CHAOSS.
//
// Source: CHAOSS metric "Contributor Absence Factor".
func ContributorAbsenceFactor(contributions []float64) int {
	ascending := contributors(contributions)
	scaleDown(ascending)
	total := 0.0
	for _, contribution := range ascending {
		total += contribution
	}
	made := 0.0
	for size := 1; size <= len(ascending); size++ {
		made += ascending[len(ascending)-size]
		if made >= total/2 {
			return size
		}
	}
	return len(ascending)
}

// MinorShare is the share of contributions below which a contributor is a minor one (Bird et al. 2011).
const MinorShare = 0.05

// MajorMinor counts the contributors who made at least, and those who made less than, MinorShare of the
// contributions. Who contributed nothing is neither.
//
// Source: Bird et al. 2011 (ESEC/FSE), "Don't touch my code!".
func MajorMinor(contributions []float64) (major, minor int) {
	parts := shares(contributions)
	for _, share := range parts {
		if share >= MinorShare {
			major++
		}
	}
	return major, len(contributors(contributions)) - major
}

// TopShare is the largest share of the contributions that one person made, from 1/n to 1; 0 without
// contributions. Bird et al. call it the ownership of the component.
//
// Source: Bird et al. 2011 (ESEC/FSE), "Don't touch my code!".
func TopShare(contributions []float64) float64 {
	parts := shares(contributions)
	if len(parts) == 0 {
		return 0
	}
	return parts[len(parts)-1]
}
