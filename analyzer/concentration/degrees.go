package concentration

import "math"

// DegreeOfAuthorship says how much a person can be taken for an author of a file,
// 3.293 + 1.098·FA + 0.164·DL − 0.321·ln(1 + AC), without a unit or an upper bound: FA is 1 for who
// created the file, DL is the number of changes the person made to it after that, AC the number everyone
// else made. Counts below 0 are taken as 0.
//
// Source: Fritz et al. 2010 (ICSE); constants as in Avelino et al. 2016 (ICPC).
func DegreeOfAuthorship(created bool, ownChanges, othersChanges int) float64 {
	firstAuthorship := 0.0
	if created {
		firstAuthorship = 1
	}
	own, others := float64(max(0, ownChanges)), float64(max(0, othersChanges))
	// Each product is rounded on its own, so that processors which fuse multiplication and addition
	// give the same bits as those which do not.
	return 3.293 + float64(1.098*firstAuthorship) + float64(0.164*own) - float64(0.321*math.Log(1+others))
}

// IsAuthor tells whether a degree of authorship makes a person an author of a file: at least 3.293, and
// more than 0.75 of the highest degree anyone has in that file.
//
// Source: Avelino et al. 2016 (ICPC).
func IsAuthor(degree, highest float64) bool {
	return degree >= absoluteAuthorship && highest > 0 && degree/highest > normalizedAuthorship
}

// Thresholds of authorship (Avelino et al. 2016).
const (
	normalizedAuthorship = 0.75
	absoluteAuthorship   = 3.293
)

// ExpertiseFacts is what the degree of expertise of one person in one file is computed from.
type ExpertiseFacts struct {
	AddedLines          int     // lines the person ever added to the file
	Created             bool    // the person created the file
	DaysSinceLastChange float64 // since the person's last change to the file
	SizeLines           int     // lines the file has now; an empty file counts as one line
}

// DegreeOfExpertise estimates what a person would answer if asked how well they know a file, on the
// scale from 1 (not at all) to 5 that the developers in the study used:
// 5.28223 + 0.23173·ln(1 + adds) + 0.36151·FA − 0.19421·ln(1 + days) − 0.28761·ln(size). It is a linear
// model, so values beyond the scale occur. Lines and days below 0 are taken as 0.
//
// Source: Cury et al. 2024 (Information and Software Technology), the linear model.
func DegreeOfExpertise(facts ExpertiseFacts) float64 {
	firstAuthorship := 0.0
	if facts.Created {
		firstAuthorship = 1
	}
	added, days := math.Log1p(float64(max(0, facts.AddedLines))), math.Log1p(max(0, facts.DaysSinceLastChange))
	size := math.Log(float64(max(1, facts.SizeLines)))
	return 5.28223 + float64(0.23173*added) + float64(0.36151*firstAuthorship) -
		float64(0.19421*days) - float64(0.28761*size)
}
