// Command keyperson finds the systems and recurring tasks that depend on a single person.
package main

func main() {}
