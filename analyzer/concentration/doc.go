// Package concentration holds the published measures of how knowledge is spread over people: plain
// slices come in, plain numbers go out, and each formula is computed as its source states it. It never
// looks at time, disk or names, and no result depends on the order of its input.
package concentration
