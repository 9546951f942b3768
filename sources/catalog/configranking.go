package catalog

import "github.com/goccy/go-yaml/ast"

// RankingConfig is what ranking says of how people are ranked for the next work on a file, as keyperson backtest
// --fit prints it: weights from 0 to 100 beside 1 for the work on the file itself. nil where not set.
type RankingConfig struct {
	Directory     *float64 // directory: of work on what stands beside it
	CoChange      *float64 // co_change: of work on what changes in the same commits
	Subtree       *float64 // subtree: of work on everything below the directory above
	Anyone        *float64 // anyone: of those who never came near
	PresencePower *float64 // presence_power: of recent commits to the repository, from 0 to 4
}

func (c *configDecoder) ranking(node ast.Node) RankingConfig {
	const mostWeight, mostPower = 100, 4
	var r RankingConfig
	c.mapping(node, "ranking", map[string]func(ast.Node){
		"directory":      func(n ast.Node) { r.Directory = c.between(n, "directory", 0, mostWeight) },
		"co_change":      func(n ast.Node) { r.CoChange = c.between(n, "co_change", 0, mostWeight) },
		"subtree":        func(n ast.Node) { r.Subtree = c.between(n, "subtree", 0, mostWeight) },
		"anyone":         func(n ast.Node) { r.Anyone = c.between(n, "anyone", 0, mostWeight) },
		"presence_power": func(n ast.Node) { r.PresencePower = c.between(n, "presence_power", 0, mostPower) },
	})
	return r
}
