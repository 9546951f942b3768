// Package taskkinds places tickets in kinds of recurring work: by the rules of a configuration, else by request
// type, component and issue type, else by what their summaries have in common. It reads tickets and rules and
// returns kinds; it never looks at people, time or outcome, and its result depends on nothing but the tickets
// themselves, not on their order.
package taskkinds
