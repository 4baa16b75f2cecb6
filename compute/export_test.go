package compute

// What the tests outside of the package, which know types of results, need of it.

// Decode is decode.
func Decode[T any](b []byte) (T, error) { return decode[T](b) }

// Encode is encode.
func Encode[T any](v T) ([]byte, error) { return encode(v) }
