package compute

import "lossxfer-report/cache"

// CodeHasher tells what code a task's result depends on, as named parts of its
// key: one per package of this module, one per external module, one for the Go
// version, so that a changed key can be explained.
type CodeHasher interface {
	// Code returns the parts of a package path, as reflect.Type.PkgPath gives it.
	Code(pkgPath string) ([]cache.Part, error)
}

// FixedCode is a CodeHasher that gives every task the same code, for tests.
type FixedCode string

// Code implements CodeHasher.
func (f FixedCode) Code(string) ([]cache.Part, error) {
	return []cache.Part{{Name: "code", Value: string(f)}}, nil
}
