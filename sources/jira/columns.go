package jira

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// What a column can hold. Those from commentColumn on are only in Jira's own export.
const (
	keyColumn           = "key"
	summaryColumn       = "summary"
	typeColumn          = "type"
	requestTypeColumn   = "request_type"
	componentsColumn    = "components"
	labelsColumn        = "labels"
	projectColumn       = "project"
	statusColumn        = "status"
	resolutionColumn    = "resolution"
	priorityColumn      = "priority"
	groupColumn         = "group"
	serviceColumn       = "service"
	createdColumn       = "created"
	updatedColumn       = "updated"
	resolvedColumn      = "resolved"
	reporterColumn      = "reporter"
	assigneeColumn      = "assignee"
	resolverColumn      = "resolver"
	reassignedColumn    = "reassigned"
	reopenedColumn      = "reopened"
	escalatedColumn     = "escalated"
	usedProcedureColumn = "used_procedure"

	descriptionColumn = "description"
	commentColumn     = "comment"
	workLogColumn     = "work log"
	idColumn          = "id"
	assigneeIDColumn  = "assignee id"
	reporterIDColumn  = "reporter id"
)

// ColumnNames are the names that FileOptions.Columns knows. Only "key" and "created" are needed.
var ColumnNames = []string{
	keyColumn, summaryColumn, typeColumn, requestTypeColumn, componentsColumn, labelsColumn, projectColumn, statusColumn,
	resolutionColumn, priorityColumn, groupColumn, serviceColumn, createdColumn, updatedColumn, resolvedColumn,
	reporterColumn, assigneeColumn, resolverColumn, reassignedColumn, reopenedColumn, escalatedColumn, usedProcedureColumn,
	descriptionColumn,
}

func checkColumns(columns map[string][]string) error {
	if len(columns) == 0 {
		return nil
	}
	for name := range columns {
		if !slices.Contains(ColumnNames, name) {
			return fmt.Errorf("tickets: columns: %q is none of %s", name, strings.Join(ColumnNames, ", "))
		}
	}
	for _, name := range []string{keyColumn, createdColumn} {
		if len(columns[name]) == 0 {
			return fmt.Errorf("tickets: columns: no column is named for %q, which every ticket needs", name)
		}
	}
	return nil
}

// jiraHeaders are the headers of Jira's own export, in lower case: of Cloud and Data Center, English, German and
// Japanese. A custom field stands there as "Custom field (Name)".
var jiraHeaders = map[string][]string{
	keyColumn:         {"issue key", "key", "work item key", "vorgangsschlüssel", "schlüssel", "課題キー", "キー"},
	summaryColumn:     {"summary", "zusammenfassung", "要約"},
	typeColumn:        {"issue type", "work type", "type", "vorgangstyp", "課題タイプ"},
	requestTypeColumn: {"custom field (request type)", "custom field (customer request type)", "request type", "customer request type"},
	componentsColumn:  {"component/s", "components", "component", "komponente(n)", "komponenten", "コンポーネント"},
	labelsColumn:      {"labels", "label", "stichwörter", "stichworte", "ラベル"},
	projectColumn:     {"project key", "projektschlüssel", "プロジェクトキー"},
	statusColumn:      {"status", "ステータス"},
	resolutionColumn:  {"resolution", "lösung", "解決状況"},
	priorityColumn:    {"priority", "priorität", "優先度"},
	groupColumn:       {"custom field (assignment group)", "assignment group", "custom field (support team)", "custom field (team)", "team"},
	serviceColumn:     {"custom field (affected services)", "affected services", "custom field (service)"},
	createdColumn:     {"created", "date created", "erstellt", "作成日", "作成日時"},
	updatedColumn:     {"updated", "aktualisiert", "更新日", "更新日時"},
	resolvedColumn:    {"resolved", "resolution date", "erledigt", "解決日", "解決日時"},
	reporterColumn:    {"reporter", "autor", "melder", "報告者"}, //nolint:misspell // German
	assigneeColumn:    {"assignee", "zugewiesene person", "bearbeiter", "担当者"},
	idColumn:          {"issue id", "work item id", "vorgangs-id", "課題 id"},
	reporterIDColumn:  {"reporter id"},
	assigneeIDColumn:  {"assignee id"},
	descriptionColumn: {"description", "beschreibung", "説明"},
	commentColumn:     {"comment", "comments", "kommentar", "コメント"},
	workLogColumn:     {"log work", "arbeitsprotokoll", "作業ログ"},
}

// columnLayout says where in a record what stands.
type columnLayout struct {
	at     map[string][]int
	isJira bool
}

// maxColumns is far beyond an export of tickets, in which each comment of the most discussed one takes a column.
const maxColumns = 100_000

// layout finds the columns in the header of a file.
func (r *fileReading) layout(header []string) (columnLayout, error) {
	if len(header) > maxColumns {
		return columnLayout{}, fmt.Errorf("%d columns, more than %d", len(header), maxColumns)
	}
	layout := columnLayout{at: map[string][]int{}, isJira: len(r.options.Columns) == 0}
	places := map[string][]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		places[name] = append(places[name], i)
	}
	wanted := r.options.Columns
	if layout.isJira {
		wanted = jiraHeaders
	}
	var missing []string
	for what, names := range wanted {
		for _, name := range names {
			found := places[strings.ToLower(strings.TrimSpace(name))]
			layout.at[what] = append(layout.at[what], found...)
			if len(found) == 0 && !layout.isJira {
				missing = append(missing, fmt.Sprintf("%q", name))
			}
			if len(found) > 0 && layout.isJira {
				break // the first header known stands for all its variants
			}
		}
	}
	if layout.isJira {
		for what, text := range map[string]string{keyColumn: `"Issue key"`, createdColumn: `"Created"`} {
			if len(layout.at[what]) == 0 {
				missing = append(missing, text)
			}
		}
	}
	if len(missing) == 0 {
		return layout, nil
	}
	slices.Sort(missing)
	advice := ""
	if layout.isJira {
		advice = "; for an export that is not Jira's own, say under columns which column holds what"
	}
	return layout, errors.New("no column " + strings.Join(missing, ", ") + "; the columns there are: " + listHeader(header) + advice)
}

func listHeader(header []string) string {
	const most = 60
	names := make([]string, 0, min(len(header), most))
	seen := map[string]bool{}
	for _, name := range header {
		name = strings.TrimSpace(name)
		if seen[name] || name == "" {
			continue
		}
		if len(names) == most {
			names = append(names, "…")
			break
		}
		seen[name] = true
		names = append(names, shorten(name))
	}
	return strings.Join(names, ", ")
}
