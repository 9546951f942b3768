package runbook

import "testing"

func TestEveryExpressionCompiles(t *testing.T) {
	if len(expressions) < 50 {
		t.Errorf("only %d expressions are listed", len(expressions))
	}
	for _, expression := range expressions {
		expression.compiled() // panics where it does not
	}
}
