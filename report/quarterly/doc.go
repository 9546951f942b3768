// Package quarterly writes a quarterly report for whoever decides: one HTML page that needs nothing else, and the same
// as Markdown, in English or Japanese. It computes nothing but where marks stand in a picture.
package quarterly
