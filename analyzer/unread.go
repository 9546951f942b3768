package analyzer

import "cmp"

// unread is what one of two assessments read and the other did not, in words, empty for nothing: what it shows is no change in
// the world.
type unread struct {
	repository, tracker string
	definition          string // of systems
}

// unreadIn names the first of the sources of one assessment that the other has not.
func unreadIn(other, read *Assessment) unread {
	var u unread
	for i := len(read.Repositories) - 1; i >= 0; i-- {
		if label := read.Repositories[i].Label; !other.hasRead(label) {
			u.repository = "repository " + label
		}
	}
	known := map[string]bool{}
	for _, t := range other.Work.Trackers {
		known[t.Label] = true
	}
	for i := len(read.Work.Trackers) - 1; i >= 0; i-- {
		if label := read.Work.Trackers[i].Label; !known[label] {
			u.tracker = "tracker " + label
		}
	}
	if read.SystemOrigin != other.SystemOrigin {
		u.definition = "the definition of systems, from " + read.SystemOrigin
	}
	return u
}

// hasRead says whether an assessment rests on a repository, by its label.
func (a *Assessment) hasRead(repository string) bool {
	for i := range a.Repositories {
		if a.Repositories[i].Label == repository {
			return true
		}
	}
	return false
}

// source is the first source of any kind, those of code first: people may be at work there.
func (u unread) source() string { return cmp.Or(u.repository, u.tracker) }

// ofSystems is what a system may have come of.
func (u unread) ofSystems() string { return cmp.Or(u.repository, u.definition) }

func (u unread) any() string { return cmp.Or(u.source(), u.definition) }

const (
	notYetRead = "the earlier assessment had not read "
	notNowRead = "the later assessment has not read "
)

// otherData says which source only one of the assessments read, the later one's first; empty where both read the same.
func (c *comparing) otherData() string {
	switch {
	case c.added.any() != "":
		return notYetRead + c.added.any()
	case c.lost.any() != "":
		return notNowRead + c.lost.any()
	}
	return ""
}

// addAsData adds a change that other data explain, which is neither better nor worse.
func (c *comparing) addAsData(change Change, reason string) {
	change.Direction, change.Cause, change.Reason = Neutral, CauseDataChanged, reason
	c.add(change)
}
