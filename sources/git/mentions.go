package git

import (
	"bytes"
	"slices"
	"strings"

	"keyperson/sources"
)

// Bounds on what is taken from one commit's message, and on the length of a document's address in bytes.
const (
	mostTicketMentions   = 64
	mostDocumentMentions = 16
	longestDocument      = 2048
)

// Bounds on the two halves of a ticket's key, in bytes.
const (
	longestProject = 32
	longestNumber  = 9
)

// ticketMentions returns the words of a message that are written as ticket keys are, "OPS-123": each
// once, in its order. A word ends where letters and digits of ASCII end, so that a key is found in the
// middle of a Japanese sentence as well.
func ticketMentions(message []byte) []string {
	var keys []string
	for at := 0; len(keys) < mostTicketMentions; {
		hyphen := bytes.IndexByte(message[at:], '-')
		if hyphen < 0 {
			break
		}
		hyphen += at
		at = hyphen + 1
		start, end, ok := keyAround(message, hyphen)
		if !ok {
			continue
		}
		if key := message[start:end]; !slices.ContainsFunc(keys, func(known string) bool { return known == string(key) }) {
			keys = append(keys, string(key))
		}
	}
	return keys
}

// keyAround finds the ticket's key that has its hyphen at the given place. Most hyphens fail its first
// two comparisons.
func keyAround(message []byte, hyphen int) (start, end int, ok bool) {
	end = hyphen + 1
	if end == len(message) || message[end] < '1' || message[end] > '9' || hyphen == 0 || !isProjectByte(message[hyphen-1]) {
		return 0, 0, false
	}
	start = hyphen
	for start > 0 && hyphen-start < longestProject && isProjectByte(message[start-1]) {
		start--
	}
	for end < len(message) && end-hyphen <= longestNumber && isDigit(message[end]) {
		end++
	}
	isBounded := (start == 0 || !isWordByte(message[start-1])) && (end == len(message) || !isWordByte(message[end]))
	return start, end, isBounded && hyphen-start >= 2 && message[start] >= 'A' && message[start] <= 'Z'
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isProjectByte(b byte) bool { return b >= 'A' && b <= 'Z' || isDigit(b) || b == '_' }

func isWordByte(b byte) bool { return isProjectByte(b) || b >= 'a' && b <= 'z' }

// isDocumentTrailer holds for the tokens under which a message names the procedure that was followed.
func isDocumentTrailer(token []byte) bool {
	return len(token) == len("Runbook") && strings.EqualFold(string(token), "Runbook") ||
		len(token) == len("Procedure") && strings.EqualFold(string(token), "Procedure")
}

// documentMentions returns the documents that trailers name: each once, in their order. Longer values than
// any address has are left out.
func documentMentions(trailers [][]byte) []string {
	var documents []string
	for _, line := range trailers {
		token, value, ok := splitTrailer(line)
		if !ok || !isDocumentTrailer(token) || len(value) == 0 || len(value) > longestDocument {
			continue
		}
		if !slices.Contains(documents, string(value)) {
			documents = append(documents, string(value))
		}
		if len(documents) == mostDocumentMentions {
			break
		}
	}
	return documents
}

// walkedMention is what a commit's message mentions.
type walkedMention struct {
	kind sources.MentionKind
	text string
}

// mention notes what the message of the commit being read mentions.
func (w *walk) mention(c *walkedCommit, message []byte, trailers [][]byte) {
	c.firstMention = uint32(len(w.mentions))
	for _, key := range ticketMentions(message) {
		w.mentions = append(w.mentions, walkedMention{sources.TicketMention, key})
	}
	for _, document := range documentMentions(trailers) {
		w.mentions = append(w.mentions, walkedMention{sources.DocumentMention, document})
	}
	c.mentionCount = uint32(len(w.mentions)) - c.firstMention
}
