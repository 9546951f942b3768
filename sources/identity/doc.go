// Package identity decides who is who: it takes the names and addresses that sources wrote and
// returns people, each join with its reason. Joining two different people is its worst error, so
// whatever is merely plausible becomes a suspect for a human to decide, never a join.
package identity
