// Package filekind tells the files of a repository that someone has to know from those that no one
// does: generated, copied from elsewhere, prose, or not text. It goes by linguist's rules as
// published in go-enry, by what the project says in .gitattributes, and by the user's patterns.
//
// Linguist asks which language a repository is written in; this tool asks what someone must know to
// run it. So it deviates where the two differ:
//
//   - Pipelines, packaging, build and machine descriptions are kept: .github, .teamcity, debian,
//     Jenkinsfile, Vagrantfile, fabfile.py, configure and the like (operationalRules lists the rules left out).
//   - Directories called cache or env are kept: they hold code and settings far more often than
//     checked-in caches and virtual environments.
//   - Tests are kept; test data (testdata, test/fixtures) stays vendored, as linguist has it.
//   - Prose by file extension (also manual pages) or by a name such as AUTHORS is documentation
//     wherever it stands. Other .txt files are kept: CMakeLists.txt and requirements.txt are code.
//   - Lock files of all package managers are generated, not only those that linguist lists. So are
//     SVG drawings, which programs export, and compiled protocol descriptions by their names.
//   - Of the generated code that only its content gives away, Go, scripts, styles, pages and such are
//     always looked at; in languages where it is rare, only files whose path hints at it. Besides
//     linguist's rules, a header that says "do not edit" or the like counts in any language, and so
//     does a size that no one writes by hand.
package filekind
