package analyzer

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"keyperson/sources"
)

// published is how the published tool joins identities.
type published struct {
	byIdentity []uint32 // the tool's person of each identity; sources.None where it never sees the identity
	count      int      // number of the tool's people
}

// identitiesOf returns the identities of one of the tool's people, ascending.
func (p published) identitiesOf(person uint32) []uint32 {
	var identities []uint32
	for identity, of := range p.byIdentity {
		if of == person {
			identities = append(identities, uint32(identity))
		}
	}
	return identities
}

// joinAsPublished joins identities with the same address, or without one the same name, and then those
// with the same name, transitively; both in upper case and without accents. People are numbered by their
// first identity.
func joinAsPublished(identities []sources.Identity, isAuthor []bool) published {
	parent := make([]uint32, len(identities))
	byUser, byName := map[string]uint32{}, map[string]uint32{}
	for i := range identities {
		parent[i] = uint32(i)
		if !isAuthor[i] {
			continue
		}
		name, user := publishedForm(identities[i].Name), publishedForm(identities[i].Address)
		if user == "" {
			user = name
		}
		joinFirst(parent, byUser, user, uint32(i))
		if name != "" {
			joinFirst(parent, byName, name, uint32(i))
		}
	}
	p := published{byIdentity: make([]uint32, len(identities))}
	for i := range parent {
		switch first := firstOf(parent, uint32(i)); {
		case !isAuthor[i]:
			p.byIdentity[i] = sources.None
		case first == uint32(i):
			p.byIdentity[i] = uint32(p.count)
			p.count++
		default:
			p.byIdentity[i] = p.byIdentity[first]
		}
	}
	return p
}

// joinFirst joins an identity with the first one that had the same key.
func joinFirst(parent []uint32, seen map[string]uint32, key string, identity uint32) {
	other, isKnown := seen[key]
	if !isKnown {
		seen[key] = identity
		return
	}
	a, b := firstOf(parent, other), firstOf(parent, identity)
	parent[max(a, b)] = min(a, b)
}

// firstOf returns the smallest identity joined with this one, and shortens the way there.
func firstOf(parent []uint32, identity uint32) uint32 {
	for parent[identity] != identity {
		parent[identity] = parent[parent[identity]]
		identity = parent[identity]
	}
	return identity
}

// publishedForm is a name or an address as the tool compares it: letters taken apart, the marks of
// the block "Combining Diacritical Marks" dropped, a semicolon written as an ampersand, upper case by
// the full rules.
func publishedForm(text string) string {
	apart := norm.NFD.String(strings.ToValidUTF8(text, "\uFFFD"))
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 0x0300 && r <= 0x036F:
			return -1
		case r == ';':
			return '&'
		}
		return r
	}, apart)
	return cases.Upper(language.Und).String(plain)
}
