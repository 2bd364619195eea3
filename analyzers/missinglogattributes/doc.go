// Package missinglogattributes implements go/missing-log-attributes: every line
// of a log says which service wrote it, in which version.
//
// Package loggers knows how the loggers of a program are made and what is bound
// to them; this one asks which of the required attributes are not.
package missinglogattributes
