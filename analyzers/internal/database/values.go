package database

import (
	"go/types"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// handles lists by import path, without major version, the types that stand for
// a database as a whole.
var handles = map[string][]string{
	"database/sql":                 {"DB"},
	"github.com/jmoiron/sqlx":      {"DB"},
	"github.com/jackc/pgx/pgxpool": {"Pool"},
	"github.com/uptrace/bun":       {"DB"},
	"gorm.io/gorm":                 {"DB"},
	"entgo.io/ent/dialect/sql":     {"Driver"},
}

// queries are methods of which an interface that stands for a database has one.
var queries = []string{"Exec", "ExecContext", "Query", "QueryContext", "QueryRow", "QueryRowContext", "Ping", "PingContext", "PrepareContext", "BeginTx", "Begin"}

// isHandle reports whether values of a type stand for a database: those of a
// table, those behind interfaces with methods for queries, and lists of them.
func isHandle(t types.Type) bool {
	t = types.Unalias(t)
	switch list := t.Underlying().(type) {
	case *types.Slice:
		return isHandle(list.Elem())
	case *types.Array:
		return isHandle(list.Elem())
	case *types.Map:
		return isHandle(list.Elem())
	}
	if iface, ok := t.Underlying().(*types.Interface); ok {
		for method := range iface.Methods() {
			if slices.Contains(queries, method.Name()) {
				return true
			}
		}
		return false
	}
	if cell, ok := t.(*types.Pointer); ok {
		switch types.Unalias(cell.Elem()).Underlying().(type) {
		case *types.Pointer, *types.Slice, *types.Array, *types.Map, *types.Interface:
			return isHandle(cell.Elem()) // the address of a variable
		}
	}
	named := namedOf(t)
	return named != nil && named.Obj().Pkg() != nil && slices.Contains(handles[logapi.Path(named.Obj().Pkg().Path())], named.Obj().Name())
}

// hasPing reports whether a type has a method that asks for a sign of life.
func hasPing(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for method := range iface.Methods() {
		if strings.HasPrefix(method.Name(), "Ping") {
			return true
		}
	}
	return false
}

// openers lists what makes a handle without asking the database for anything.
var openers = map[string][]string{
	"database/sql":                                         {"Open", "OpenDB"},
	"github.com/jmoiron/sqlx":                              {"Open", "MustOpen"},
	"github.com/jackc/pgx/pgxpool":                         {"New", "NewWithConfig"},
	"github.com/XSAM/otelsql":                              {"Open", "OpenDB"},
	"go.nhat.io/otelsql":                                   {"Open"},
	"github.com/DataDog/dd-trace-go/contrib/database/sql":  {"Open", "OpenDB"},
	"gopkg.in/DataDog/dd-trace-go.v1/contrib/database/sql": {"Open", "OpenDB"},
	"gopkg.in/DataDog/dd-trace-go.v1/contrib/jmoiron/sqlx": {"Open"},
	"go.elastic.co/apm/module/apmsql":                      {"Open"},
	"github.com/uptrace/opentelemetry-go-extra/otelsql":    {"Open", "OpenDB"},
	"github.com/uptrace/opentelemetry-go-extra/otelsqlx":   {"Open"},
}

// checkers lists what makes a handle, or is given one, and asks the database for
// a sign of life.
var checkers = map[string][]string{
	"github.com/jmoiron/sqlx":                              {"Connect", "ConnectContext", "MustConnect"},
	"gorm.io/gorm":                                         {"Open"},
	"github.com/jackc/pgx/pgxpool":                         {"Connect", "ConnectConfig"},
	"github.com/uptrace/opentelemetry-go-extra/otelsqlx":   {"Connect", "ConnectContext", "MustConnect"},
	"gopkg.in/DataDog/dd-trace-go.v1/contrib/jmoiron/sqlx": {"Connect", "MustConnect"},
	"github.com/heptiolabs/healthcheck":                    {"DatabasePingCheck"},
}

func listed(table map[string][]string, fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Signature().Recv() == nil && slices.Contains(table[logapi.Path(fn.Pkg().Path())], fn.Name())
}

// checks are methods of handles that need a connection that works.
var checks = []string{"Ping", "PingContext", "Conn", "Connx", "Acquire", "AcquireFunc", "AcquireAllIdle"}

// quiet are methods of handles that need none.
var quiet = []string{
	"Close", "Config", "Conns", "Driver", "DriverName", "Rebind", "BindNamed", "MapperFunc", "Reset", "Stat", "Stats", "Dialect", "String",
	"SetConnMaxIdleTime", "SetConnMaxLifetime", "SetMaxIdleConns", "SetMaxOpenConns", "Table", "RegisterModel", "AddQueryHook", "Use",
}
