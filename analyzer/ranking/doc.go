// Package ranking says who will most probably do the next work on a file or a set of files, and why: it
// reads the evidence and the graph of one date, and never looks at what came later.
//
// It serves to find a successor or the one to ask first. It is never a ranking of people as such: every score
// is about one set of files, and means nothing anywhere else.
package ranking
