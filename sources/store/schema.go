package store

// The file says whose it is and how it is laid out. A change of the layout counts schemaVersion up.
const (
	applicationID = 0x4b657950 // "KeyP"
	schemaVersion = 2
)

// schema is the layout of a new file; upgrades lead there from older ones. Texts are bytes: trackers need not write valid UTF-8.
//
// source.definition is a hash of what was asked for: another question is another source. completed is 1 once it was
// read to its end. version.body is NULL where a ticket is gone, or goes by another key. version.issue is the ticket's ID, empty
// where it is not known: it was added in version 2.
var schema = []string{
	`CREATE TABLE source (
		id INTEGER PRIMARY KEY, label BLOB NOT NULL, definition BLOB NOT NULL, origin BLOB NOT NULL DEFAULT x'',
		cursor BLOB NOT NULL DEFAULT x'', completed INTEGER NOT NULL DEFAULT 0, findings BLOB NOT NULL DEFAULT x'',
		UNIQUE (label, definition))`,
	`CREATE TABLE identity (
		source INTEGER NOT NULL, number INTEGER NOT NULL,
		name BLOB NOT NULL, address BLOB NOT NULL, account BLOB NOT NULL, login BLOB NOT NULL,
		PRIMARY KEY (source, number)) WITHOUT ROWID`,
	`CREATE TABLE version (
		id INTEGER PRIMARY KEY, source INTEGER NOT NULL, key BLOB NOT NULL, updated INTEGER NOT NULL, hash BLOB NOT NULL, body BLOB,
		issue BLOB NOT NULL DEFAULT x'')`,
	`CREATE INDEX version_of_key ON version (source, key, id)`,
	versionOfIssue,
	`CREATE TABLE file (
		source INTEGER NOT NULL, path BLOB NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, hash BLOB NOT NULL,
		PRIMARY KEY (source, path)) WITHOUT ROWID`,
}

const versionOfIssue = `CREATE INDEX version_of_issue ON version (source, issue) WHERE issue != x''`

// upgrades are what each version adds to the one before, from version 1 on.
var upgrades = [][]string{
	{`ALTER TABLE version ADD COLUMN issue BLOB NOT NULL DEFAULT x''`, versionOfIssue},
}
