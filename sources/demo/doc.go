// Package demo makes up a small operations provider from a seed and writes what such a provider would have: a git
// repository, a Jira export, a keyperson.yaml. What is true of it is planned first and written down beside it; the
// package never looks at what Keyperson makes of it.
package demo
