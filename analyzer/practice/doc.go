// Package practice measures how far a recurring task hangs on one person. It reads who did it and when, and returns
// plain numbers; it never looks at names, tickets or documents.
package practice

import "errors"

// ErrThinEvidence is returned where there are too few executions to say anything.
var ErrThinEvidence = errors.New("not enough evidence")

// LeastExecutions is the number of executions under which no concentration is told.
const LeastExecutions = 5
