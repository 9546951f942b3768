package accuracy

import "strings"

func mechanicalCommits(c *Case) (planted, found []string) {
	for _, commit := range c.Truth.Mechanical {
		planted = append(planted, commit.Commit)
	}
	for _, commit := range c.Assessment.Exclusions.Mechanical {
		found = append(found, commit.Commit)
	}
	return planted, found
}

// verdicts has a fact for the state of each system, for whom one hangs on, and for each whose work one absence would stop.
func verdicts(c *Case) (planted, found []string) {
	who := c.trulyWho()
	for _, system := range c.Truth.Systems {
		planted = append(planted, system.ID+": "+string(system.State))
		if len(system.Stops) > 0 {
			planted = append(planted, system.ID+": one absence stops recurring work")
		}
		if system.State == "one person" {
			planted = append(planted, system.ID+" hangs on "+strings.Join(system.Knows, ", "))
		}
	}
	for i := range c.Assessment.Systems {
		system := &c.Assessment.Systems[i]
		verdict := spoken(string(system.Verdict))
		found = append(found, system.ID+": "+verdict)
		if system.Tasks.Stops > 0 {
			found = append(found, system.ID+": one absence stops recurring work")
		}
		if verdict == "one person" && system.TopPerson >= 0 {
			found = append(found, system.ID+" hangs on "+who[c.Assessment.People[system.TopPerson].ID])
		}
	}
	return planted, found
}

// spoken writes a verdict in the words of the truth.
func spoken(verdict string) string {
	verdict = strings.ReplaceAll(verdict, "-", " ")
	if verdict == "orphaned" {
		return "nobody left"
	}
	return verdict
}
