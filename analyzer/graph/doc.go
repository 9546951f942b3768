// Package graph builds the graph of people, files and systems as of one date: who has done how much
// on what exists then, with older work counting less. It reads evidence and returns plain weighted
// edges; it never judges, and never looks at a clock.
package graph
