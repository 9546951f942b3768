package git

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"
)

// inUTF8 re-codes text from the encoding that a commit's header names, as git log does. Text in an
// encoding that is not known, and text that does not fit it, stays as it is.
func inUTF8(name, text []byte) []byte {
	if len(name) == 0 || isASCII(text) {
		return text
	}
	from := encodingNamed(string(name))
	if from == nil {
		return text
	}
	recoded, err := from.NewDecoder().Bytes(text)
	if err != nil || bytes.ContainsRune(recoded, utf8.RuneError) {
		return text
	}
	return recoded
}

// isASCII holds for text that reads the same in the encodings commits are written in. Those that use
// escape sequences for other letters, such as ISO-2022-JP, are not ASCII for this purpose.
func isASCII(text []byte) bool {
	for _, b := range text {
		if b >= utf8.RuneSelf || b == 0x1b {
			return false
		}
	}
	return true
}

// encodingNamed returns nil for UTF-8, which needs no re-coding, and for unknown names.
func encodingNamed(name string) encoding.Encoding {
	name = strings.ToLower(strings.TrimSpace(name))
	if digits, ok := strings.CutPrefix(name, "iso8859"); ok {
		name = "iso-8859-" + strings.TrimLeft(digits, "-_")
	}
	if digits, ok := strings.CutPrefix(name, "cp125"); ok {
		name = "windows-125" + digits
	}
	if name == "utf-8" || name == "utf8" {
		return nil
	}
	found, err := ianaindex.IANA.Encoding(name)
	if err != nil {
		return nil
	}
	return found
}
