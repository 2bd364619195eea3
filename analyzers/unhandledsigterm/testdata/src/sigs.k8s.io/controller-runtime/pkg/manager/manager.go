// Package manager is a stub of the real library, for tests.
package manager

import "context"

type Manager interface {
	Start(ctx context.Context) error
}
