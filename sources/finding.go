package sources

// Severity says what a data-quality finding does to the result.
type Severity uint8

// The severities, mild first.
const (
	Note  Severity = iota // reported beside the result
	Fatal                 // no scores are printed unless the user accepts incomplete data
)

// Finding is something about the input that a reader of the result must know.
type Finding struct {
	Code       string // stable, for programs: "shallow-clone", "missing-objects" …
	Severity   Severity
	Repository string // label, may be empty
	Count      int    // how many things it concerns, 0 where counting makes no sense
	Message    string // what is wrong, in one sentence
	Advice     string // what to do about it, in one sentence, may be empty
}

// FatalFindings returns those that forbid scores.
func FatalFindings(findings []Finding) []Finding {
	var fatal []Finding
	for _, finding := range findings {
		if finding.Severity == Fatal {
			fatal = append(fatal, finding)
		}
	}
	return fatal
}
