package git

import "errors"

// The errors a caller decides by. Each comes wrapped with what failed, on what, and what to do.
var (
	// ErrNotRepository says that a path is not in a git repository.
	ErrNotRepository = errors.New("not a git repository")
	// ErrUnborn says that a repository, or the branch it is on, has no commit yet.
	ErrUnborn = errors.New("no commit yet")
	// ErrUnknownRevision says that a revision names no commit of the repository.
	ErrUnknownRevision = errors.New("unknown revision")
	// ErrUnsupported says that a repository is of a kind that this package does not read.
	ErrUnsupported = errors.New("not supported")
	// ErrDamaged says that something in the repository is not as git would have written it, or is
	// missing where git never leaves it out.
	ErrDamaged = errors.New("damaged repository")
)
