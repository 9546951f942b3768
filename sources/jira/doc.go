// Package jira reads tickets, from a live Jira (Cloud and Data Center) or from files exported from Jira or another
// tracker, and returns who did what on each of them as a sources.TicketHistory; it judges nothing, and of long texts
// it keeps only what they cite.
//
// Where a ticket's change log can be read, its assignments carry the id of the change that proves them, or the
// ticket's own key where they stand since its creation. Where there is none, one assignment of the final assignee is
// assumed from creation to resolution, and carries no reference.
package jira
