// Package store keeps the tickets that were imported between runs, in one SQLite file a configuration: histories come
// in, each version of a ticket is a row that stays, and the newest ones come out as the history they were; it reads no
// tracker and judges nothing.
//
// The file has a rollback journal and full synchronisation: whatever moment a run is killed in, the next one finds the
// last batch that was saved whole. A run that imports holds a lock beside the file, and waits with what it saves until
// those that read have read; they need no lock.
package store
