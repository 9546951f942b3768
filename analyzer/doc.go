// Package analyzer turns evidence into an assessment: plain structs with every number, its n, its
// interval and the evidence behind it. It never looks at a clock, a disk or a network, and its
// results do not depend on map order or on the number of workers.
package analyzer
