// Package git reads the history of a git repository into evidence: who authored, co-authored and
// reviewed which change to which path. It runs no program and follows no configuration that could.
package git
