package facts

import "encoding/binary"

// The loops here run over every field of every change; BenchmarkLoad pays for their shape.

// appendNumber appends a number of any size.
func appendNumber(column []byte, number uint64) []byte { return binary.AppendUvarint(column, number) }

// appendSigned appends a number that is near zero on either side.
func appendSigned(column []byte, number int64) []byte { return binary.AppendVarint(column, number) }

// decodeNumbers fills numbers from a column that holds just as many, each below the limit.
func decodeNumbers(column []byte, numbers []uint32, limit uint64) bool {
	position := 0
	for i := range numbers {
		if position >= len(column) {
			return false
		}
		if first := column[position]; first < 0x80 {
			if uint64(first) >= limit {
				return false
			}
			numbers[i] = uint32(first)
			position++
			continue
		}
		number, size := binary.Uvarint(column[position:])
		if size <= 0 || number >= limit {
			return false
		}
		numbers[i] = uint32(number)
		position += size
	}
	return position == len(column)
}

// decodeSigned fills numbers from a column that holds just as many.
func decodeSigned(column []byte, numbers []int64) bool {
	position := 0
	for i := range numbers {
		if position >= len(column) {
			return false
		}
		if first := column[position]; first < 0x80 {
			numbers[i] = int64(first>>1) ^ -int64(first&1)
			position++
			continue
		}
		number, size := binary.Varint(column[position:])
		if size <= 0 {
			return false
		}
		numbers[i] = number
		position += size
	}
	return position == len(column)
}
