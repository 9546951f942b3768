package sources

import "bytes"

// LineFeeds ends every line of a text with a line feed alone. The YAML library counts the line of a comment twice where it
// ends in a carriage return and a line feed, as on Windows, so that its errors would name wrong lines.
func LineFeeds(text []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
}
