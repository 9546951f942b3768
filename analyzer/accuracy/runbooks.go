package accuracy

import (
	"fmt"

	"keyperson/analyzer"
)

func (c *Case) runbook(path string) *analyzer.Runbook {
	for i := range c.Assessment.Runbooks {
		if c.Assessment.Runbooks[i].Path == path {
			return &c.Assessment.Runbooks[i]
		}
	}
	return nil
}

func maturities(c *Case) (planted, found []string) {
	for _, truth := range c.Truth.Runbooks {
		fact := fmt.Sprintf("%s: M%d to M%d", truth.Path, truth.AtLeast, truth.AtMost)
		planted = append(planted, fact)
		switch runbook := c.runbook(truth.Path); {
		case runbook == nil:
		case int(runbook.Maturity) >= truth.AtLeast && int(runbook.Maturity) <= truth.AtMost:
			found = append(found, fact)
		default:
			found = append(found, fmt.Sprintf("%s: M%d instead of M%d to M%d", truth.Path, runbook.Maturity, truth.AtLeast, truth.AtMost))
		}
	}
	return planted, found
}

func runbookAuthors(c *Case) (planted, found []string) {
	who := c.trulyWho()
	for _, truth := range c.Truth.Runbooks {
		for _, author := range truth.Authors {
			planted = append(planted, truth.Path+" by "+author)
		}
		if runbook := c.runbook(truth.Path); runbook != nil {
			for _, author := range runbook.Authors {
				found = append(found, truth.Path+" by "+who[c.Assessment.People[author].ID])
			}
		}
	}
	return planted, found
}

func bumps(c *Case) (planted, found []string) {
	for _, truth := range c.Truth.Runbooks {
		planted = append(planted, fmt.Sprintf("%s: %d review bumps", truth.Path, truth.Bumps))
		if runbook := c.runbook(truth.Path); runbook != nil {
			found = append(found, fmt.Sprintf("%s: %d review bumps", truth.Path, runbook.Bumps))
		}
	}
	return planted, found
}
