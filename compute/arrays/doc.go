// Package arrays reads and writes the files in which Python programs hand over
// arrays: safetensors (github.com/huggingface/safetensors, "Format"), NumPy's .npy
// (numpy.lib.format, versions 1.0 to 3.0) and .npz.
//
// The files are anybody's. Opening one reads its header only and holds every
// number in it against the size of the file, so that no header can claim memory
// that the file does not fill; nothing in a file is ever executed. An error names
// the file, the array, what is wrong and what to do.
package arrays
