package accuracy

import (
	"strings"

	"keyperson/sources"
	"keyperson/sources/demo"
)

// owners says to whom of the truth each identity of the evidence belongs; "" for those that were not planted.
func (c *Case) owners() []string {
	owner := map[demo.Identity]string{}
	for _, person := range c.Truth.People {
		for _, identity := range person.Identities {
			owner[identity] = person.ID
		}
	}
	owners := make([]string, len(c.Evidence.Identities))
	for i := range c.Evidence.Identities {
		owners[i] = owner[planted(&c.Evidence.Identities[i])]
	}
	return owners
}

// planted is an identity as the truth writes it. An account is known by its key, without the tracker's label.
func planted(identity *sources.Identity) demo.Identity {
	_, account, found := strings.Cut(identity.Account, "/")
	if !found {
		account = identity.Account
	}
	return demo.Identity{Name: identity.Name, Address: identity.Address, Account: account}
}

// trulyWho says whom of the truth each person of the assessment is, by the ID they have there: the one that most of
// their identities belong to.
func (c *Case) trulyWho() map[string]string {
	owners := c.owners()
	who := map[string]string{}
	for _, person := range c.People.Persons {
		count, best := map[string]int{}, ""
		for _, identity := range person.Identities {
			owner := owners[identity]
			if count[owner]++; owner != "" && (best == "" || count[owner] > count[best]) {
				best = owner
			}
		}
		who[person.ID] = best
	}
	return who
}

// joins has a fact for each other identity of a person that belongs together with the usual one, and for each two
// people who were taken for one.
func joins(c *Case) (truth, found []string) {
	owners := c.owners()
	usual := map[string]int{} // the first identity of each person that is in the evidence
	for _, person := range c.Truth.People {
		for _, identity := range person.Identities {
			for i := range owners {
				if planted(&c.Evidence.Identities[i]) != identity {
					continue
				}
				first, seen := usual[person.ID]
				if !seen {
					usual[person.ID] = i
					break
				}
				fact := person.ID + ": " + identity.Name + " <" + identity.Address + "> " + identity.Account
				truth = append(truth, fact)
				if c.People.ByIdentity[i] == c.People.ByIdentity[first] {
					found = append(found, fact)
				}
				break
			}
		}
	}
	return truth, append(found, WronglyJoined(c)...)
}

// WronglyJoined lists the pairs of different people that were taken for one.
func WronglyJoined(c *Case) []string {
	var wrong []string
	owners := c.owners()
	for _, person := range c.People.Persons {
		for i, a := range person.Identities {
			for _, b := range person.Identities[:i] {
				if owners[a] != "" && owners[b] != "" && owners[a] != owners[b] {
					wrong = append(wrong, min(owners[a], owners[b])+" is not "+max(owners[a], owners[b]))
				}
			}
		}
	}
	return wrong
}

func programs(c *Case) (truth, found []string) {
	for _, program := range c.Truth.Programs {
		truth = append(truth, program.Name+" is a program: "+program.Kind)
	}
	for _, person := range c.People.Persons {
		if person.Kind != sources.Human {
			found = append(found, person.Name+" is a program: "+person.Kind.String())
		}
	}
	return truth, found
}
