// Package report renders an assessment, an explanation, the list of people or the list of systems
// as a table for a terminal, as Markdown, as CSV or as JSON; it computes nothing.
//
// What is rendered (a Report) and how (a Format) meet in three plain shapes: a Document for
// readers, records for spreadsheets and a view for programs. A new format is one file and one line
// in the registry; so is a new report.
//
// Names, paths and messages come from histories that anyone may have written. Every text passes
// through Clean on its way out, in every format.
package report
