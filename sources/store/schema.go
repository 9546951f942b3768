package store

// The file says whose it is and how it is laid out. A change of the layout counts schemaVersion up.
const (
	applicationID = 0x4b657950 // "KeyP"
	schemaVersion = 1
)

// schema of version 1. Texts are bytes: trackers need not write valid UTF-8.
//
// source.definition is a hash of what was asked for: another question is another source. completed is 1 once it was
// read to its end. version.body is NULL where a ticket is gone from an export.
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
		id INTEGER PRIMARY KEY, source INTEGER NOT NULL, key BLOB NOT NULL, updated INTEGER NOT NULL, hash BLOB NOT NULL, body BLOB)`,
	`CREATE INDEX version_of_key ON version (source, key, id)`,
	`CREATE TABLE file (
		source INTEGER NOT NULL, path BLOB NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, hash BLOB NOT NULL,
		PRIMARY KEY (source, path)) WITHOUT ROWID`,
}
