package jira

// FileOptions says how to read exported files. The zero value reads everything that Jira itself writes; Columns makes
// CSV files of other trackers readable.
type FileOptions struct {
	// Columns says which column of a CSV file holds what, by the names of ColumnNames; several columns of one name are
	// joined by " / ", or are values of their own for components and labels. Empty: the headers of Jira's own export.
	Columns map[string][]string
	// TimeLayout is a layout of package time, or how purely numeric dates begin: "iso", "day-first", "month-first".
	// Default: every form that cannot be misread; a date that could is refused.
	TimeLayout string
	TimeZone   string   // IANA name, for dates that carry no zone; default UTC
	Nulls      []string // texts in CSV files that mean nothing, such as "?"
	// RequestTypeField is the id of the custom field with the request type. Default: the one that has the shape of a
	// customer request type of Jira Service Management.
	RequestTypeField string
}
