// Package sources holds the vocabulary of evidence: which person did what to which thing, when, and
// what proves it. Importers in its sub-packages read one external history each and speak these
// types; nothing here knows of scores, graphs or reports.
package sources
