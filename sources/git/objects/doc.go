// Package objects reads the objects of a git repository: given an id it answers with kind, size and
// content, from packs, loose objects and alternates, and it never writes, runs or locks anything.
//
// [Open] is the fast way, a reader of packs mapped into memory; [OpenGoGit] gives the same answers
// through go-git's storage, slower, to test the first against and to fall back on. Everything read
// from disk is taken for hostile: sizes are capped, offsets checked, chains of deltas bounded.
package objects
