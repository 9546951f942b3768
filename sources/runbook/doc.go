// Package runbook reads procedure documents out of snapshots of repositories, with what each edit of them amounted
// to, the alerts that name them and the tickets that cite them. It says what stands in a document, never whether
// that is enough.
package runbook
