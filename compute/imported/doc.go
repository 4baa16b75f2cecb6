// Package imported is tasks whose results were computed elsewhere and are read from
// files of arrays: penultimate features with their labels, final layers, activations
// of layers. Each takes the place of the task of a trained network with the same type
// of result (compute.Substitute), so that nothing above knows the difference.
//
// A file enters the key of a task by the SHA-256 of its bytes, not by its name: the
// same file elsewhere has the same results, another file under the same name has not.
// The layout of the files is in docs/imports.md.
package imported
