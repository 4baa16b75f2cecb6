package kernel

// supported knows that every arm64 has NEON.
func supported(i Instructions) bool { return i == Generic || i == NEON }
