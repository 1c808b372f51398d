package book

import (
	"testing"

	"github.com/parquet-go/parquet-go"
)

// Given a file whose pages hold values of another type than the column says, when a cell
// is read, then its row has an error, and memory is not taken for what it is not.
func TestAValueOfAnotherTypeIsAnError(t *testing.T) {
	columns := map[string]parquet.Node{
		"date": parquet.Date(), "instant": parquet.Timestamp(parquet.Millisecond), "decimal": parquet.Decimal(2, 9, parquet.Int32Type),
		"long decimal": parquet.Decimal(2, 20, parquet.FixedLenByteArrayType(9)), "unsigned": parquet.Uint(32), "UUID": parquet.UUID(), "text": parquet.String(),
	}
	values := map[string]parquet.Value{
		"boolean": parquet.BooleanValue(true), "int32": parquet.Int32Value(-7), "int64": parquet.Int64Value(-7), "int96": parquet.Int96Value([3]uint32{1, 2, 3}),
		"float": parquet.FloatValue(.5), "double": parquet.DoubleValue(.5), "bytes": parquet.ByteArrayValue([]byte("x")),
		"fixed": parquet.FixedLenByteArrayValue([]byte{1, 2, 3}), "none": parquet.ByteArrayValue(nil),
	}
	for column, node := range columns {
		for value, v := range values {
			t.Run(column+" of "+value, func(t *testing.T) {
				l := leaf{kind: node.Type().Kind(), text: textOf(node.Type())}
				out, err := l.texts([]parquet.Value{v})
				if wrong := v.Kind() != l.kind; wrong && err == nil || err != nil && len(out) > 0 {
					t.Errorf("%q, %v", out, err)
				}
			})
		}
	}
}
