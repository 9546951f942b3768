package sources

import (
	"hash/fnv"
	"strings"
	"unicode"
)

// Runbook is one procedure document at the revision read, with its past. What is good or missing in it is
// for the analyzer to say; here is only what stands in it and who put it there.
type Runbook struct {
	Thing    uint32 // index into Evidence.Things
	Title    string // title of the front matter or first heading, else the file's name
	Titled   bool   // the document itself has a title
	Format   string // "markdown", "asciidoc", "restructuredtext"
	Language string // "en", "ja" or "" where it cannot be told
	// Diagnosis says that the document explains an alert and how to find its cause; what to do depends on that cause.
	Diagnosis bool
	Words     int
	Sections  []Section
	Steps     []Step
	// Parameters are the placeholders of its commands, by name: what an operator or a program has to fill in.
	Parameters []Parameter
	Commands   []CommandBlock
	Passages   []Passage // words in it that an operator cannot follow, or that say what the sections do not
	Links      []Link
	Owner      string // from the front matter, else from CODEOWNERS; being named is not knowing
	Reviewed   int64  // date of the last review that the document itself states, seconds since 1970; 0 for none
	// IntervalDays is how often the document says it wants to be reviewed; 0 where it says nothing.
	IntervalDays float64
	Automation   string   // tool or script that does the steps, as the front matter names it; empty for none
	Describes    []string // patterns of the files it is about, from the front matter; sorted
	Subject      []uint32 // files of the tree that Describes matches, indices into Evidence.Things; ascending
	Systems      []string // IDs of the systems whose configuration names it, beside those whose paths hold it; sorted
	Revisions    []Revision
	Alerts       []Alert // alert rules that name it, by file and line
}

// SectionRole is what a section of a runbook is for.
type SectionRole uint8

// The roles. A heading that fits none is Other.
const (
	OtherSection SectionRole = iota
	Purpose                  // what it is for, meaning, impact
	Trigger                  // when to follow it: symptoms, alert, request
	Prerequisites
	Procedure    // steps, mitigation, resolution
	Diagnosis    // how to find the cause
	Verification // expected results, how to see that it worked
	Rollback     // the way back
	Escalation   // whom to turn to
)

// String returns the role as reports write it.
func (r SectionRole) String() string {
	return [...]string{"other", "purpose", "trigger", "prerequisites", "procedure", "diagnosis", "verification", "rollback", "escalation"}[r]
}

// Section is one heading with what it is for.
type Section struct {
	Role    SectionRole // its own, else that of the heading above it
	Heading string
	Line    int // from 1
	Level   int // 1 for the title
	Words   int // below it, those of deeper headings included
}

// Parameter is something to fill in before a command can be run.
type Parameter struct {
	Name string // with its brackets: "<node>", "$NODE", "{{ node }}"
	Line int    // of its first use, from 1
	// Explained says that the text around the commands names it, or a command sets it.
	Explained bool
}

// CommandBlock is a block of code that holds commands or what they print.
type CommandBlock struct {
	Line     int    // from 1
	Language string // as the document names it: "shell"; empty where it does not
	Prompts  bool   // its lines begin with a prompt, so that copying takes more than the command
	IsShell  bool   // commands for a shell stand in it
}

// PassageKind says what about a passage is worth knowing.
type PassageKind uint8

// The kinds of passage.
const (
	Unfinished      PassageKind = iota // TODO, TBD, "add content here"
	Vague                              // "if necessary", "as appropriate" in a step: what a reader has to guess
	MentionsAlert                      // says which alert or symptom it answers
	MentionsAccess                     // says what one needs before beginning
	MentionsBack                       // says how to undo
	MentionsPeople                     // says whom to turn to
	MentionsPurpose                    // running text before the first procedure says what it is about
)

// Passage is a place in the text that says, or fails to say, something a section could have said.
type Passage struct {
	Kind PassageKind
	Line int    // from 1
	Text string // the words that tell it
}

// Step is one thing to do, in the order of the document.
type Step struct {
	Line         int    // from 1
	Text         string // its first 200 characters
	Hash         uint64 // StepHash of the whole text
	HasCommand   bool   // a command to copy stands in it
	ChangesState bool   // it restarts, deletes, deploys, edits …: told from its verbs and commands
	HasCheck     bool   // it, or what follows before the next state-changing step, says what to see
	IsManual     bool   // it is done in a window or by asking someone, where no command can stand
	Destroys     string // what in it cannot be undone: "rm -rf"; empty for nothing
	HasWarning   bool   // it, or what stands just before it, warns
	IsNumbered   bool   // it is an item of a numbered list, or below a numbered heading
	Words        int
}

// LinkState says whether what a link points at exists.
type LinkState uint8

// The states. Nothing outside the repository is asked.
const (
	External LinkState = iota
	Resolves
	Broken
)

// Link is what a document points at.
type Link struct {
	Target string
	Line   int // from 1
	State  LinkState
}

// RevisionNature is what an edit of a document amounts to.
type RevisionNature uint8

// The natures. Only a substantive edit shows that its author knows the procedure.
const (
	Substantive    RevisionNature = iota
	ReviewBump                    // only a review date, or the like, moved
	WhitespaceOnly                // line breaks and spaces
	LinksOnly                     // link targets changed, the words stayed
	Typo                          // a few letters within words
	Moved                         // the file moved, its content stayed
	BulkEdit                      // the same commit edited many documents in the same way
	UnreadEdit                    // the clone lacks one of the versions
)

// String returns the nature as reports write it.
func (n RevisionNature) String() string {
	return [...]string{"substantive", "review bump", "whitespace", "links", "typo", "moved", "bulk edit", "unread"}[n]
}

// Revision is one person's part in one commit to a runbook, oldest first. Kind is Wrote for the first version,
// Revised, Confirmed for a review bump, or CoAuthored or Reviewed for those whom the commit names beside its author.
type Revision struct {
	Event  uint32 // index into Evidence.Events
	Person uint32 // index into Evidence.Identities
	Kind   Kind
	Nature RevisionNature
	Words  int // words added and removed
}

// Alert is a rule of a monitoring system that names a document.
type Alert struct {
	Name   string // of the alert
	Thing  uint32 // file the rule stands in, index into Evidence.Things
	Line   int    // from 1
	Target string // the document as the rule writes it
}

// StepHash names a step of a procedure whatever its case, numbering, markup and spacing, so that a checklist copied
// into a ticket is found again. Two steps with equal letters and digits have equal hashes; a step without any has 0.
func StepHash(text string) uint64 {
	hash := fnv.New64a()
	empty := true
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if empty && isNumbering(word) {
			continue
		}
		empty = false
		_, _ = hash.Write([]byte(word)) // never fails
		_, _ = hash.Write([]byte{' '})
	}
	if empty {
		return 0
	}
	return hash.Sum64()
}

// isNumbering says whether a word is a number, as a list's items begin with, or the x of a ticked box.
func isNumbering(word string) bool {
	return word == "x" || strings.Trim(word, "0123456789") == ""
}
