package identity

import (
	"cmp"
	"fmt"
	"slices"

	"keyperson/sources"
)

// What tickets and the commits that cite them must show before they speak for one person.
const (
	leastLinked      = 3   // tickets that the account had and the author's commits cite
	leastLinkedForms = 2   // the same where the names are forms of one name that nobody else has
	leastLinkedShare = 0.6 // of the account's cited tickets, and of the author's tickets
)

// link is what ties an account's component to an author's.
type link struct {
	account, author int // roots of components
	tickets         int // that the account had and the author's commits cite
	ofAccount       int // cited tickets that the account had
	ofAuthor        int // tickets that someone had and the author's commits cite
}

func (l link) isStrong() bool {
	return l.tickets >= leastLinkedForms && float64(l.tickets) >= leastLinkedShare*float64(max(l.ofAccount, l.ofAuthor))
}

func (l link) String() string {
	return fmt.Sprintf("of %d cited tickets of the account and %d of the author, %d are the same", l.ofAccount, l.ofAuthor, l.tickets)
}

// joinLinked joins an account with the author whose commits cite its tickets again and again, where the
// names make that plausible. Alone it says little: in many teams one person closes what another has done.
func (r *resolver) joinLinked() {
	links := r.links()
	perAccount, perAuthor := map[int]int{}, map[int]int{}
	var plausible []link
	for _, l := range links {
		if !r.isPlausible(l) {
			continue
		}
		plausible = append(plausible, l)
		perAccount[l.account]++
		perAuthor[l.author]++
	}
	for _, l := range plausible {
		if perAccount[l.account] == 1 && perAuthor[l.author] == 1 {
			r.join(l.account, l.author, inferred, "similar names, and "+l.String())
		} else {
			r.suspect(l.account, l.author, scoreHandle, "similar names, and "+l.String())
		}
	}
	for _, l := range links {
		if l.tickets >= leastLinked && r.isAccountAlone(l) {
			r.suspect(l.account, l.author, scoreLinked, l.String())
		}
	}
}

// links returns the strong links between components, by account, then author.
func (r *resolver) links() []link {
	authors := r.authorsOfTickets()
	type pair struct{ account, author int }
	shared, ofAccount, ofAuthor := map[pair]int{}, map[int]int{}, map[int]int{}
	for ticket, citing := range authors {
		if len(citing) == 0 {
			continue
		}
		doers := map[int]bool{}
		for _, person := range []uint32{r.evidence.Tickets[ticket].Assignee, r.evidence.Tickets[ticket].Resolver} {
			if person != sources.None {
				doers[r.find(r.nodeOf[person])] = true
			}
		}
		if len(doers) > 0 { // tickets that nobody had say nothing of who had them
			for author := range citing {
				ofAuthor[author]++
			}
		}
		for account := range doers {
			ofAccount[account]++
			for author := range citing {
				if author != account {
					shared[pair{account, author}]++
				}
			}
		}
	}
	var links []link
	for p, tickets := range shared {
		l := link{p.account, p.author, tickets, ofAccount[p.account], ofAuthor[p.author]}
		if l.isStrong() && !isTwoAccounts(&r.groups[p.account], &r.groups[p.author]) {
			links = append(links, l)
		}
	}
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.author, b.author))
	})
	return links
}

// authorsOfTickets returns for each ticket the components of the authors whose commits cite it. A key that
// two trackers have says nothing.
func (r *resolver) authorsOfTickets() []map[int]bool {
	e := r.evidence
	authors := make([]map[int]bool, len(e.Tickets))
	if len(e.Tickets) == 0 || len(e.Mentions) == 0 {
		return authors
	}
	byKey := make(map[string]int, len(e.Tickets))
	for i := range e.Tickets {
		for _, key := range e.Tickets[i].Keys() {
			if _, again := byKey[key]; again {
				byKey[key] = -1
			} else {
				byKey[key] = i
			}
		}
	}
	cited := map[uint32][]int{} // tickets that an event cites
	for _, mention := range e.Mentions {
		if ticket, ok := byKey[mention.Text]; ok && ticket >= 0 && mention.Kind == sources.TicketMention {
			cited[mention.Event] = append(cited[mention.Event], ticket)
		}
	}
	for i := range e.Records {
		record := &e.Records[i]
		if record.Kind != sources.Authored {
			continue
		}
		for _, ticket := range cited[record.Event] {
			if authors[ticket] == nil {
				authors[ticket] = map[int]bool{}
			}
			authors[ticket][r.find(r.nodeOf[record.Person])] = true
		}
	}
	return authors
}

// isPlausible tells whether the names of a link's two sides can be one person's.
func (r *resolver) isPlausible(l link) bool {
	how, isCommon := closestNames(r.groups[l.account].names, r.groups[l.author].names)
	isCommon = isCommon || r.isContested(l.account)
	switch {
	case how == formsOfOne && !isCommon:
		return true
	case l.tickets < leastLinked:
		return false
	case how == formsOfOne:
		return true
	}
	return r.isHandleOfOther(l.account, l.author) || r.isHandleOfOther(l.author, l.account)
}

// isHandleOfOther tells whether one component has a handle made of a full name of the other, which has no
// other full name than such.
func (r *resolver) isHandleOfOther(bare, full int) bool {
	for i := range r.members(bare) {
		for handle := range r.loginBearings(i) {
			for _, name := range r.groups[full].names {
				if isHandleOf(handle, name) && (len(r.groups[bare].names) == 0 || holdsLastName(handle, name)) {
					return true
				}
			}
		}
	}
	return false
}

// isAccountAlone holds for an account without commits and an author without an account: then their names,
// however different, may be one person's.
func (r *resolver) isAccountAlone(l link) bool {
	return r.isAccountsOnly(l.account) && len(r.groups[r.find(l.author)].tracked) == 0
}
