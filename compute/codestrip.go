package compute

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
)

// goSource is a Go file without what cannot change what it computes.
type goSource struct {
	tokens  []byte   // tokens with their literals; equal for files that gofmt and comments alone tell apart
	imports []string // import paths
	embeds  []string // patterns of go:embed
}

// stripGo reduces a Go file to its tokens. Of the comments it keeps those that
// speak to the compiler (//go:embed, //go:noescape, …).
func stripGo(name string, text []byte) (goSource, error) {
	var out goSource
	out.tokens = make([]byte, 0, len(text))
	var bad error
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile(name, -1, len(text)), text, func(at token.Position, msg string) {
		if bad == nil {
			bad = fmt.Errorf("%s: %s", at, msg)
		}
	}, scanner.ScanComments)
	write := func(tok token.Token, lit string) {
		out.tokens = append(out.tokens, byte(tok))
		out.tokens = binary.AppendUvarint(out.tokens, uint64(len(lit)))
		out.tokens = append(out.tokens, lit...)
	}
	importing, ended := false, false
	for {
		_, tok, lit := s.Scan()
		if tok != token.COMMENT {
			if ended && tok != token.RBRACE && tok != token.RPAREN {
				write(token.SEMICOLON, "")
			}
			ended = tok == token.SEMICOLON
		}
		switch tok {
		case token.EOF:
			return out, bad
		case token.COMMENT:
			if !strings.HasPrefix(lit, "//go:") || strings.HasPrefix(lit, "//go:generate") {
				continue
			}
			if args, ok := strings.CutPrefix(lit, "//go:embed "); ok {
				out.embeds = append(out.embeds, embedPatterns(args)...)
			}
		case token.SEMICOLON:
			// A line's end means the same, and before a bracket neither is needed.
			continue
		case token.IMPORT:
			importing = true
		case token.FUNC, token.VAR, token.CONST, token.TYPE:
			importing = false
		case token.STRING:
			if importing {
				if p, err := strconv.Unquote(lit); err == nil {
					out.imports = append(out.imports, p)
				}
			}
		}
		write(tok, lit)
	}
}

// embedPatterns splits the arguments of a go:embed line.
func embedPatterns(args string) []string {
	var out []string
	for args = strings.TrimSpace(args); args != ""; args = strings.TrimSpace(args) {
		if quoted, err := strconv.QuotedPrefix(args); err == nil {
			args = args[len(quoted):]
			if p, err := strconv.Unquote(quoted); err == nil {
				out = append(out, p)
			}
			continue
		}
		word, rest, _ := strings.Cut(args, " ")
		out, args = append(out, word), rest
	}
	return out
}

// stripAssembly takes comments, indentation and empty lines out of an assembly
// or header file, but for lines that speak to the compiler.
func stripAssembly(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		var line []byte
		if bytes.HasPrefix(text, []byte("//go:")) {
			line, text = cutLine(text)
		} else {
			line, text = codeLine(text)
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			out = append(append(out, line...), '\n')
		}
	}
	return out
}

func cutLine(text []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(text, []byte("\n"))
	return line, rest
}

// codeLine takes the first line off the text, without its comments. A /* */ that
// spans lines joins them with a space.
func codeLine(text []byte) (line, rest []byte) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\n':
			return append(line, text[:i]...), text[i+1:]
		case c == '"' || c == '\'' || c == '`':
			// A comment does not begin inside quotes.
			for i++; i < len(text) && text[i] != c && text[i] != '\n'; i++ {
				if text[i] == '\\' && c != '`' {
					i++
				}
			}
			if i < len(text) && text[i] == '\n' {
				i--
			}
		case c == '/' && i+1 < len(text) && text[i+1] == '/':
			line = append(line, text[:i]...)
			_, rest = cutLine(text[i:])
			return line, rest
		case c == '/' && i+1 < len(text) && text[i+1] == '*':
			line = append(append(line, text[:i]...), ' ')
			_, text, _ = bytes.Cut(text[i+2:], []byte("*/"))
			i = -1
		}
	}
	return append(line, text...), nil
}
