package pathpattern

import "strings"

// Beginnings returns texts such that every path that the list matches begins with one of them: the part of each
// pattern before anything wild. "" stands for every path, for one where the list has a pattern without a place.
func (l *List) Beginnings() []string {
	var beginnings []string
	for i := range l.rules {
		r := &l.rules[i]
		if r.negated {
			continue // it only takes back
		}
		if r.every || r.glob.onBase {
			return []string{""}
		}
		beginning := r.glob.text
		if at := strings.IndexAny(beginning, wild); at >= 0 {
			beginning = beginning[:at]
		}
		beginnings = append(beginnings, beginning)
	}
	return beginnings
}
