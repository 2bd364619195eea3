package report

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// lineHashes computes what GitHub calls primaryLocationLineHash, by which it
// recognises an alert after lines above it have moved. Findings come ordered by
// file, so the hashes of one file are kept.
type lineHashes struct {
	file   *source.File
	hashes []string
}

// at returns the hash of a line, counted from 1.
func (h *lineHashes) at(f *source.File, line int) string {
	if h.file != f {
		h.file, h.hashes = f, hashLines(f.Content)
	}
	if line < 1 || line > len(h.hashes) {
		return ""
	}
	return h.hashes[line-1]
}

// hashLines returns the hash of every line. A hash covers the first hundred
// UTF-16 code units from the start of the line, across line ends, with blanks
// and tabs left out and every line end as a line feed. It is a polynomial with
// base 37 modulo 2⁶⁴; the number behind the colon counts equal hashes.
func hashLines(content []byte) []string {
	const (
		window    = 100
		endOfFile = 0xffff
	)
	units, starts := hashedUnits(content)
	units = append(units, endOfFile)
	seen := make(map[uint64]int, len(starts))
	hashes := make([]string, 0, len(starts))
	for _, start := range starts {
		var hash uint64
		for i := start; i < start+window; i++ {
			hash *= 37
			if i < len(units) { // zeros follow the end
				hash += uint64(units[i])
			}
		}
		seen[hash]++
		hashes = append(hashes, strconv.FormatUint(hash, 16)+":"+strconv.Itoa(seen[hash]))
	}
	return hashes
}

// hashedUnits returns the code units that take part in the hashes and the index
// of each line's first. The last line is there even if nothing of it is.
func hashedUnits(content []byte) (units []uint16, starts []int) {
	units = make([]uint16, 0, len(content)+1)
	lineStart, afterCR := true, false
	for i := 0; i < len(content); {
		r, size := utf8.DecodeRune(content[i:])
		i += size
		if r == ' ' || r == '\t' || afterCR && r == '\n' {
			afterCR = false
			continue
		}
		if afterCR = r == '\r'; afterCR {
			r = '\n'
		}
		if lineStart {
			starts = append(starts, len(units))
		}
		lineStart = r == '\n'
		units = utf16.AppendRune(units, r)
	}
	if lineStart {
		starts = append(starts, len(units))
	}
	return units, starts
}

// fingerprint identifies a finding by what it is about and not by where it
// stands: moved or renumbered lines leave it as it is.
func fingerprint(f *finding.Finding) string {
	return digest(f.Rule, f.Location.File.Path, f.Subject, f.Key)
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
