package main

import (
	"slices"
	"strings"

	"keyperson/sources"
)

// bareName is how someone may be named who is listed as an owner: case and the sign before a login aside.
func bareName(text string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(text), "@"))
}

// coverOwner covers who is named as an owner, be it a person, a team or several of them with spaces between: people become
// their pseudonyms, and what points at someone without saying at whom goes.
func (v *veil) coverOwner(owner string) string {
	if pseudonym := v.named[bareName(owner)]; pseudonym != "" {
		return pseudonym
	}
	var covered []string
	for _, word := range strings.Fields(v.replaced.Replace(owner)) {
		switch pseudonym, isSomeone := v.named[bareName(word)]; {
		case v.issued[word]:
			covered = append(covered, word)
		case pseudonym != "":
			covered = append(covered, pseudonym)
		case !isSomeone && !v.pointsAtPerson(word):
			covered = append(covered, word)
		}
	}
	return strings.Join(covered, " ")
}

// coverRunbook covers the owner of a procedure, and the names in its title and headings.
func (v *veil) coverRunbook(r *sources.Runbook) {
	r.Owner, r.Title = v.coverOwner(r.Owner), v.replaced.Replace(r.Title)
	r.Sections, r.Passages = slices.Clone(r.Sections), slices.Clone(r.Passages)
	for i := range r.Sections {
		r.Sections[i].Heading = v.replaced.Replace(r.Sections[i].Heading)
	}
	for i := range r.Passages {
		r.Passages[i].Text = v.replaced.Replace(r.Passages[i].Text)
	}
}

// coverConfigured covers whom the configuration names as having decided something, and the reasons given.
func (v *veil) coverConfigured(r *reading) {
	r.options.TaskRules = slices.Clone(r.options.TaskRules)
	for i := range r.options.TaskRules {
		if level := r.options.TaskRules[i].Level; level != nil {
			covered := *level
			covered.Reason = v.replaced.Replace(covered.Reason)
			r.options.TaskRules[i].Level = &covered
		}
	}
	for i := range r.config.Check.Waivers {
		waiver := &r.config.Check.Waivers[i]
		waiver.Owner, waiver.Reason = v.coverOwner(waiver.Owner), v.replaced.Replace(waiver.Reason)
	}
}
