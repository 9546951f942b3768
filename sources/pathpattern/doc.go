// Package pathpattern matches the paths of a repository against the patterns of .gitignore and .gitattributes
// as git does. It reads no files: patterns and paths come in, and whether they match goes out.
package pathpattern
