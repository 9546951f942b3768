package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/term"

	"keyperson/report"
)

// print renders a report in the chosen format to standard output, or to a file as a whole.
func (p *program) print(r report.Report, flags outputFlags) error {
	format, err := report.LookupCheck(flags.format)
	if err != nil {
		return err
	}
	if flags.output == "" {
		return format.Write(p.stdout, r, terminalOptions(p.stdout))
	}
	return printTo(flags.output, format, r)
}

// printTo renders a report into a file as a whole.
func printTo(path string, format report.Format, r report.Report) error {
	var rendered bytes.Buffer
	if err := format.Write(&rendered, r, report.Options{}); err != nil {
		return err
	}
	return writeWhole(path, rendered.Bytes(), 0o644)
}

// writeWhole replaces a file in one step: a reader sees the old content or the new, never a part. What is no file,
// such as /dev/null or a pipe, is written to instead of being replaced.
func writeWhole(path string, content []byte, mode os.FileMode) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return writeInto(path, content)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".keyperson-*")
	if errors.Is(err, fs.ErrNotExist) {
		return usage("write %s: there is no directory %s; make it first", path, filepath.Dir(path))
	}
	var failed *fs.PathError // of the temporary file, whose name would puzzle
	if errors.As(err, &failed) {
		err = failed.Err
	}
	if err != nil {
		return usage("write %s: %w", path, err)
	}
	_, err = temporary.Write(content)
	if err == nil {
		err = temporary.Chmod(mode)
	}
	if closing := temporary.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name()) // the first error is the one to tell
		return usage("write %s: %w", path, err)
	}
	return nil
}

func writeInto(device string, content []byte) error {
	file, err := os.OpenFile(device, os.O_WRONLY, 0)
	if err == nil {
		_, err = file.Write(content)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		return usage("write %s: %w", device, err)
	}
	return nil
}

// isTerminal says whether a person sits behind the writer.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// terminalOptions finds the width to fill and whether colour is welcome. COLUMNS outranks the
// terminal; what goes into a pipe is as wide as it needs to be.
func terminalOptions(w io.Writer) report.Options {
	var options report.Options
	if isTerminal(w) {
		if width, _, err := term.GetSize(int(w.(*os.File).Fd())); err == nil {
			options.Width = width
		}
		options.Colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns > 0 {
		options.Width = columns
	}
	return options
}
