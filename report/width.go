package report

import (
	"strings"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// columnGap is the space between two columns of a table.
const columnGap = 2

// width is how many terminal columns a text takes. It never asks the locale: the same report has
// the same bytes everywhere.
func width(s string) int {
	return twwidth.WidthWithOptions(s, twwidth.Options{})
}

// shorten cuts text in the middle, so that both the first and the last name remain visible; of a path it
// leaves out the outer directories, since the file name tells it from its neighbours. A text that fits stays whole.
func shorten(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	if strings.Contains(s, "/") && !strings.ContainsAny(s, " <") {
		return shortenPath(s, limit)
	}
	return cutMiddle(s, limit)
}

// shortenPath keeps as many of the innermost directories as fit before the name, else the name alone.
func shortenPath(path string, limit int) string {
	rest := path
	for {
		_, inner, isInside := strings.Cut(rest, "/")
		if !isInside || inner == "" {
			break
		}
		rest = inner
		if width("…/"+rest) <= limit {
			return "…/" + rest
		}
	}
	if width("…"+rest) <= limit {
		return "…" + rest
	}
	return cutMiddle(rest, limit)
}

func cutMiddle(s string, limit int) string {
	if width(s) <= limit { // a name may fit exactly, without room to say that directories are left out
		runes := []rune(s)
		for len(runes) > 0 && width("…"+string(runes)) > limit { // what has no width of its own goes with the letter before it
			runes = runes[1:]
		}
		return "…" + string(runes)
	}
	if limit < 2 {
		return "…"
	}
	head, tail := (limit-1+1)/2, (limit-1)/2
	runes := []rune(s)
	start, end, taken := 0, len(runes), 0
	for start < len(runes) && taken+width(string(runes[start])) <= head {
		taken += width(string(runes[start]))
		start++
	}
	taken = 0
	for end > start && taken+width(string(runes[end-1])) <= tail {
		taken += width(string(runes[end-1]))
		end--
	}
	return string(runes[:start]) + "…" + string(runes[end:])
}

// wrapped breaks text at spaces into lines of at most limit columns; a longer word has a line of
// its own. With limit 0 it is one line.
func wrapped(s string, limit int) []string {
	if limit <= 0 || width(s) <= limit {
		return []string{s}
	}
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		switch {
		case line == "":
			line = word
		case width(line)+1+width(word) <= limit:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

func longestWord(s string) int {
	longest := 0
	for _, word := range strings.Fields(s) {
		longest = max(longest, width(word))
	}
	return longest
}

// layout is a table made to fit: which of its columns are shown, and how wide each is.
type layout struct {
	columns []int // indices into Table.Columns
	widths  []int // one for each of columns
}

// fit lays a table out in at most limit columns of a terminal (0: any number). Where space is
// short, it first breaks texts at spaces and shortens names, gently; then drops the least important column; and only
// then cuts names to the shortest a column allows. A table that cannot fit comes out as narrow as it can.
func fit(table Table, limit int) layout {
	all := make([]int, len(table.Columns))
	for i := range all {
		all[i] = i
	}
	shown := layout{all, naturalWidths(table)}
	if limit <= 0 || shown.total() <= limit {
		return shown
	}
	for {
		if gentle := shown.squeezed(table, limit, true); gentle.total() <= limit {
			return gentle
		}
		narrower, ok := shown.withoutLeastImportant(table)
		if !ok {
			return shown.squeezed(table, limit, false)
		}
		shown = narrower
	}
}

func (l layout) total() int {
	total := columnGap * (len(l.columns) - 1)
	for _, w := range l.widths {
		total += w
	}
	return total
}

// naturalWidths are the widths at which every text is whole; titles may break at spaces.
func naturalWidths(table Table) []int {
	widths := make([]int, len(table.Columns))
	for i, column := range table.Columns {
		widths[i] = longestWord(column.Title)
		for _, row := range table.Rows {
			widths[i] = max(widths[i], width(row[i].Text))
		}
	}
	return widths
}

// squeezed takes width from columns that can give some, always from the widest, until the layout
// fits or nothing is left to take. Gently means that no name is cut below a width it can be recognised at.
func (l layout) squeezed(table Table, limit int, gently bool) layout {
	out := layout{l.columns, append([]int(nil), l.widths...)}
	for out.total() > limit {
		widest := -1
		for i, c := range out.columns {
			if out.widths[i] > narrowest(table, c, gently) && (widest < 0 || out.widths[i] > out.widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return out
		}
		out.widths[widest]--
	}
	return out
}

// Under these widths a column is squeezed only when dropping columns did not help: recognisable for names and short
// texts, readable for sentences, which are those that fill more than two lines of it.
const (
	recognisable = 12
	readable     = 24
)

func narrowest(table Table, column int, gently bool) int {
	c := table.Columns[column]
	least := longestWord(c.Title)
	switch {
	case c.Wrap:
		for _, row := range table.Rows {
			text := row[column].Text
			least = max(least, longestWord(text))
			switch {
			case gently && width(text) > 2*readable:
				least = max(least, readable)
			case gently:
				least = max(least, min(recognisable, width(text)))
			}
		}
	case c.Shortest > 0 && gently:
		least = max(least, c.Shortest, recognisable)
	case c.Shortest > 0:
		least = max(least, c.Shortest)
	default:
		for _, row := range table.Rows {
			least = max(least, width(row[column].Text))
		}
	}
	return least
}

// withoutLeastImportant drops the column a reader misses least; false where all that are left
// matter equally.
func (l layout) withoutLeastImportant(table Table) (layout, bool) {
	least, most := 0, 0
	for i, c := range l.columns {
		if table.Columns[c].Importance < table.Columns[l.columns[least]].Importance {
			least = i
		}
		if table.Columns[c].Importance > table.Columns[l.columns[most]].Importance {
			most = i
		}
	}
	if table.Columns[l.columns[least]].Importance == table.Columns[l.columns[most]].Importance {
		return l, false
	}
	out := layout{}
	for i, c := range l.columns {
		if i != least {
			out.columns = append(out.columns, c)
			out.widths = append(out.widths, l.widths[i])
		}
	}
	return out, true
}
