// Package filekind says which files of a tree are knowledge that a team must keep, and which are
// generated, copied from elsewhere, prose or not text. It goes by linguist's rules (through go-enry) and
// by .gitattributes; where a tool about knowledge must differ from one about languages, the
// difference is written down beside the rule.
package filekind
