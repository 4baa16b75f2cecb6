package arrays

import (
	"archive/zip"
	"io"
	"strings"
)

// A compressed member may fill more memory than its file. DEFLATE itself packs at
// most maxRatio bytes into one; what is larger than freeSize must not be packed
// tighter than trustedRatio, which features, logits and weights never are.
const (
	maxRatio     = 1032
	trustedRatio = 100
	freeSize     = 256 << 20
)

// openNPZ reads the headers of the arrays in a zip archive.
func (f *File) openNPZ(r io.ReaderAt, size int64) *Error {
	archive, err := zip.NewReader(r, size)
	if err != nil && err != zip.ErrInsecurePath { // the names are never used as paths
		return because(err, mendCopy, "the .npz archive cannot be read")
	}
	pickled := false
	for _, z := range archive.File {
		name, ok := strings.CutSuffix(z.Name, ".npy")
		if !ok {
			pickled = pickled || strings.HasSuffix(z.Name, "/data.pkl")
			continue
		}
		if f.entries[name] != nil {
			return wrong(mendWrite, "two arrays have this name").of(name)
		}
		entry, e := readMember(z, r, size)
		if e != nil {
			return e.of(name)
		}
		f.entries[name] = entry
	}
	if pickled && len(f.entries) == 0 {
		return wrong("load it in Python and save its arrays with safetensors or numpy", "is a checkpoint of torch.save, a pickle, which is never read here")
	}
	return nil
}

// readMember reads the header of one array.
func readMember(z *zip.File, r io.ReaderAt, size int64) (*entry, *Error) {
	packed, full := z.CompressedSize64, z.UncompressedSize64
	switch {
	case z.Flags&1 != 0:
		return nil, wrong("write the file without a password", "is encrypted")
	case z.Method != zip.Store && z.Method != zip.Deflate:
		return nil, wrong("write the file with numpy.savez", "is compressed by method %d; stored and deflated arrays are read", z.Method)
	case packed > uint64(size):
		return nil, wrong(mendCopy, "is said to take %d bytes of a file of %d", packed, size)
	case z.Method == zip.Store && packed != full:
		return nil, wrong(mendCopy, "is said to be stored as it is, in %d bytes for %d", packed, full)
	case full > packed*maxRatio:
		return nil, wrong(mendCopy, "is said to unpack from %d bytes to %d, which DEFLATE cannot do", packed, full)
	case full > freeSize && full > packed*trustedRatio:
		return nil, wrong("write the file with numpy.savez instead of savez_compressed", "unpacks from %d bytes to %d, more than %d times as many", packed, full, trustedRatio)
	}
	head, err := z.Open()
	if err != nil {
		return nil, because(err, mendCopy, "cannot be read")
	}
	defer head.Close()
	l, header, bad, e := readNPYHeader(head)
	if e != nil {
		return nil, e
	}
	if bad != nil {
		return &entry{bad: bad}, nil
	}
	if e := l.fills(int64(full) - header); e != nil {
		return nil, e
	}
	m := &member{open: z.Open, skip: header}
	if z.Method == zip.Deflate {
		return &entry{layout: l, data: m}, nil
	}
	start, err := z.DataOffset()
	if err != nil {
		return nil, because(err, mendCopy, "cannot be read")
	}
	if start+int64(full) > size {
		return nil, wrong(mendCopy, "lies beyond the end of the file")
	}
	return &entry{layout: l, data: stored{plain{r, start + header, l.bytes()}, m}}, nil
}
