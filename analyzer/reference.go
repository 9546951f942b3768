package analyzer

import "strings"

// ShortReference is the reference of an event as people write it: ten digits of a commit's id; a ticket's key stays whole.
func ShortReference(reference string) string {
	const id, short = 40, 10
	if len(reference) != id || strings.Trim(reference, "0123456789abcdef") != "" {
		return reference
	}
	return reference[:short]
}
