package main

import (
	"bytes"
	"crypto/rand"
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
	return writeNamed(path, rendered.Bytes(), 0o644)
}

// writeNamed writes to what the user named, as a shell would: into what is no file, such as /dev/null or a pipe, and
// through a symbolic link to the file that it leads to. That file is replaced as by writeWhole.
func writeNamed(path string, content []byte, mode os.FileMode) error {
	if isDevice(path) {
		return writeInto(path, content)
	}
	target, err := behindLinks(path)
	if err != nil {
		return usage("write %s: %w", path, err)
	}
	return writeWhole(target, content, mode)
}

// isDevice says whether something is there that is neither a file nor a directory.
func isDevice(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// mostLinks is how many symbolic links in a row Linux follows.
const mostLinks = 40

// behindLinks returns the path that symbolic links lead to, which need not exist.
func behindLinks(path string) (string, error) {
	for range mostLinks {
		target, err := os.Readlink(path)
		if err != nil {
			return path, nil // no link, or nothing at all
		}
		if !filepath.IsAbs(target) {
			// A link is relative to where its directory really is, which matters when it goes upwards.
			directory, err := filepath.EvalSymlinks(filepath.Dir(path))
			if err != nil {
				return "", err
			}
			target = filepath.Join(directory, target)
		}
		path = target
	}
	return "", errors.New("too many symbolic links lead from one to the next")
}

// writeWhole replaces a file in one step: a reader sees the old content or the new, never a part. A symbolic link is
// replaced itself: where the name is not the user's, whoever made a repository could have it lead anywhere. A file that is
// there keeps its mode, unless mode is private; a new one has what the user's umask leaves of mode.
func writeWhole(path string, content []byte, mode os.FileMode) error {
	temporary, err := createBeside(path, mode)
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
	if before, absent := os.Lstat(path); absent == nil && before.Mode().IsRegular() && mode != private {
		err = temporary.Chmod(before.Mode().Perm())
	}
	if err == nil {
		_, err = temporary.Write(content)
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

// private is the mode of what only the user may read.
const private = 0o600

// createBeside makes a new file in the directory of another. os.CreateTemp would make a private one, from which the umask
// cannot be told.
func createBeside(path string, mode os.FileMode) (*os.File, error) {
	name := filepath.Join(filepath.Dir(path), ".keyperson-"+rand.Text())
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
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
