package git

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// location is where the parts of a repository are; all paths are absolute.
type location struct {
	gitDirectory    string // holds HEAD of this work tree
	commonDirectory string // holds objects and references
	workTree        string // "" where there is none
}

// longestPointer bounds the small files that point to other directories, in bytes.
const longestPointer = 64 << 10

// discover finds the repository that path is in, as git does: path itself may be a bare repository
// or a git directory, and else the nearest directory above with a .git in it counts.
func discover(path string) (location, error) {
	start, err := filepath.Abs(path)
	if err != nil {
		return location{}, fmt.Errorf("git: find %s: %w", path, err)
	}
	info, err := os.Stat(start)
	if err != nil {
		return location{}, fmt.Errorf("git: open %s: %w: %w", path, ErrNotRepository, withoutPath(err))
	}
	if !info.IsDir() {
		return location{}, fmt.Errorf("git: open %s: %w: it is a file; name the directory it is in", path, ErrNotRepository)
	}
	for directory := start; ; directory = filepath.Dir(directory) {
		found, err := repositoryAt(directory)
		if err != nil {
			return location{}, fmt.Errorf("git: open %s: %w", path, err)
		}
		if found.gitDirectory != "" {
			return found, nil
		}
		if directory == filepath.Dir(directory) {
			return location{}, fmt.Errorf("git: open %s: %w, nor is any directory above it; name a directory made by git clone or git init", path, ErrNotRepository)
		}
	}
}

// repositoryAt looks for a repository in one directory; the location is empty if there is none.
func repositoryAt(directory string) (location, error) {
	dotGit := filepath.Join(directory, ".git")
	info, err := os.Stat(dotGit)
	if err == nil && info.Mode().IsRegular() {
		return linkedRepository(directory, dotGit)
	}
	if err == nil && info.IsDir() {
		common, err := commonDirectory(dotGit)
		if err != nil {
			return location{}, err
		}
		if isGitDirectory(dotGit, common) {
			return location{dotGit, common, directory}, nil
		}
	}
	common, err := commonDirectory(directory)
	if err != nil || !isGitDirectory(directory, common) {
		// A file that happens to be called commondir is no reason to stop looking upwards.
		return location{}, nil
	}
	found := location{directory, common, ""}
	if filepath.Base(directory) == ".git" {
		found.workTree = filepath.Dir(directory)
	}
	return found, nil
}

// linkedRepository follows a .git file, which linked work trees and submodules have.
func linkedRepository(workTree, pointer string) (location, error) {
	text, err := readPointer(pointer)
	if err != nil {
		return location{}, err
	}
	target, ok := strings.CutPrefix(text, "gitdir:")
	if !ok {
		return location{}, fmt.Errorf("%s: %w: the file does not begin with \"gitdir:\"", pointer, ErrNotRepository)
	}
	gitDirectory := resolveFrom(workTree, strings.TrimSpace(target))
	common, err := commonDirectory(gitDirectory)
	if err != nil {
		return location{}, err
	}
	if !isGitDirectory(gitDirectory, common) {
		return location{}, fmt.Errorf("%s: %w: it points to %s, which is none; run git worktree repair in the main work tree", pointer, ErrNotRepository, gitDirectory)
	}
	return location{gitDirectory, common, workTree}, nil
}

func commonDirectory(gitDirectory string) (string, error) {
	text, err := readPointer(filepath.Join(gitDirectory, "commondir"))
	if errors.Is(err, fs.ErrNotExist) {
		return gitDirectory, nil
	}
	if err != nil {
		return "", err
	}
	return resolveFrom(gitDirectory, text), nil
}

func resolveFrom(base, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(base, path)
}

// isGitDirectory applies git's own test: a HEAD, references and objects.
func isGitDirectory(gitDirectory, common string) bool {
	if _, err := os.Lstat(filepath.Join(gitDirectory, "HEAD")); err != nil {
		return false
	}
	return isDirectory(filepath.Join(common, "objects")) && isDirectory(filepath.Join(common, "refs"))
}

func isDirectory(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func readPointer(path string) (string, error) {
	data, err := readSmallFile(path, longestPointer)
	return strings.TrimSpace(string(data)), err
}

// readSmallFile reads a regular file of at most limit bytes; anything else in its place, such as a
// pipe that would never end, is an error.
func readSmallFile(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, fmt.Errorf("%s: %w: it is no regular file of at most %d bytes", path, ErrDamaged, limit)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, limit))
}

// withoutPath drops the path from an error of package os, where the message names it already.
func withoutPath(err error) error {
	if pathError := (*fs.PathError)(nil); errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
