// Package backtest measures how far Keyperson's advice can be trusted on a history: it ranks people for each
// file by what could be known at an earlier date, and compares with who did the next work. It reads evidence,
// people and systems, returns plain numbers, and knows nothing of disks and clocks.
package backtest
