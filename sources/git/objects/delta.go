package objects

// A delta is the sizes of base and result, then instructions that copy a stretch of the base or
// insert new bytes. Format: gitformat-pack, "Deltified representation".

// deltaSizes reads the sizes a delta begins with. ok is false when they are cut off or have more
// than 63 bits.
func deltaSizes(delta []byte) (base, result int64, instructions []byte, ok bool) {
	base, n := deltaSize(delta)
	if n == 0 {
		return 0, 0, nil, false
	}
	result, m := deltaSize(delta[n:])
	if m == 0 {
		return 0, 0, nil, false
	}
	return base, result, delta[n+m:], true
}

// longestDeltaSizes is the most bytes both sizes together have.
const longestDeltaSizes = 2 * 9

func deltaSize(data []byte) (size int64, n int) {
	for i, c := range data {
		if i == 9 {
			break
		}
		size |= int64(c&0x7f) << (7 * i)
		if c < 0x80 {
			return size, i + 1
		}
	}
	return 0, 0
}

// applyDelta rebuilds an object into result, which has exactly the size the delta declared. It
// returns what is wrong with the delta, or "".
func applyDelta(result, base, instructions []byte) (reason string) {
	written, at := 0, 0
	for at < len(instructions) {
		command := instructions[at]
		at++
		if command < 0x80 {
			length := int(command)
			if length == 0 {
				return "its delta has a reserved instruction"
			}
			if length > len(instructions)-at {
				return "its delta is cut off"
			}
			if length > len(result)-written {
				return "its delta makes more than it declares"
			}
			copy(result[written:], instructions[at:at+length])
			at += length
			written += length
			continue
		}
		offset, length, used := copyInstruction(command, instructions[at:])
		if used < 0 {
			return "its delta is cut off"
		}
		at += used
		if length > len(base) || offset > len(base)-length {
			return "its delta copies from outside its base"
		}
		if length > len(result)-written {
			return "its delta makes more than it declares"
		}
		copy(result[written:], base[offset:offset+length])
		written += length
	}
	if written != len(result) {
		return "its delta makes less than it declares"
	}
	return ""
}

// copyInstruction decodes the operands of a copy. used is -1 when they are cut off.
func copyInstruction(command byte, operands []byte) (offset, length, used int) {
	var fields [7]byte
	for i := range fields {
		if command&(1<<i) == 0 {
			continue
		}
		if used == len(operands) {
			return 0, 0, -1
		}
		fields[i] = operands[used]
		used++
	}
	offset64 := int64(fields[0]) | int64(fields[1])<<8 | int64(fields[2])<<16 | int64(fields[3])<<24
	length = int(fields[4]) | int(fields[5])<<8 | int(fields[6])<<16
	if length == 0 {
		length = 0x10000
	}
	if offset64 != int64(int(offset64)) {
		return 0, 0, -1 // only where int has 32 bits: no base is that long there
	}
	return int(offset64), length, used
}
