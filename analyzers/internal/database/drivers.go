package database

import (
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// embedded are the packages, without major version, of databases that live
// inside the process or in place of one in tests.
var embedded = []string{
	"github.com/mattn/go-sqlite3", "modernc.org/sqlite", "github.com/ncruces/go-sqlite3/driver", "github.com/glebarez/go-sqlite",
	"github.com/glebarez/sqlite", "gorm.io/driver/sqlite", "github.com/jinzhu/gorm/dialects/sqlite", "zombiezen.com/go/sqlite",
	"crawshaw.io/sqlite", "github.com/crawshaw/sqlite", "github.com/marcboeker/go-duckdb", "github.com/duckdb/duckdb-go",
	"github.com/golang-migrate/migrate/database/sqlite3", "github.com/golang-migrate/migrate/database/sqlite",
	"github.com/uptrace/bun/dialect/sqlitedialect", "github.com/uptrace/bun/driver/sqliteshim", "github.com/DATA-DOG/go-sqlmock",
	"modernc.org/ql", "github.com/proullon/ramsql/driver", "github.com/dolthub/driver", "github.com/mutecomm/go-sqlcipher",
}

// remote are the packages of databases that are servers of their own.
var remote = []string{
	"github.com/lib/pq", "github.com/jackc/pgx", "github.com/jackc/pgx/stdlib", "github.com/jackc/pgx/pgxpool", "github.com/jackc/pgconn",
	"github.com/go-sql-driver/mysql", "github.com/microsoft/go-mssqldb", "github.com/denisenkom/go-mssqldb", "github.com/sijms/go-ora",
	"github.com/godror/godror", "github.com/ClickHouse/clickhouse-go", "github.com/ClickHouse/clickhouse-go/lib/driver", "github.com/snowflakedb/gosnowflake",
	"gorm.io/driver/postgres", "gorm.io/driver/mysql", "gorm.io/driver/sqlserver", "gorm.io/driver/clickhouse",
	"github.com/jinzhu/gorm/dialects/postgres", "github.com/jinzhu/gorm/dialects/mysql", "github.com/jinzhu/gorm/dialects/mssql",
	"github.com/golang-migrate/migrate/database/postgres", "github.com/golang-migrate/migrate/database/pgx", "github.com/golang-migrate/migrate/database/mysql",
	"github.com/golang-migrate/migrate/database/cockroachdb", "github.com/golang-migrate/migrate/database/mongodb", "github.com/golang-migrate/migrate/database/clickhouse",
	"github.com/golang-migrate/migrate/database/sqlserver", "github.com/golang-migrate/migrate/database/spanner", "github.com/golang-migrate/migrate/database/cassandra",
	"github.com/uptrace/bun/driver/pgdriver", "github.com/uptrace/bun/dialect/pgdialect", "github.com/uptrace/bun/dialect/mysqldialect",
	"github.com/go-pg/pg", "github.com/gocql/gocql", "github.com/apache/cassandra-gocql-driver", "cloud.google.com/go/spanner",
	"github.com/libsql/libsql-client-go/libsql", "github.com/tursodatabase/libsql-client-go/libsql", "github.com/gobuffalo/pop", "github.com/ory/pop",
	"github.com/jackc/tern/migrate", "github.com/ziutek/mymysql/godrv", "go.mongodb.org/mongo-driver/mongo",
	"cloud.google.com/go/cloudsqlconn/postgres/pgxv4", "cloud.google.com/go/cloudsqlconn/postgres/pgxv5", "cloud.google.com/go/alloydbconn",
}

// A Kind says what stands behind the drivers of a program.
type Kind struct{ Embedded, Remote bool }

// Or is what stands behind both.
func (k Kind) Or(other Kind) Kind {
	return Kind{k.Embedded || other.Embedded, k.Remote || other.Remote}
}

// KindOf says what a package is a driver of.
func KindOf(path string) Kind {
	path = logapi.Path(path)
	return Kind{Embedded: slices.Contains(embedded, path), Remote: slices.Contains(remote, path)}
}

// kindOfDriver says what a driver's name, or a data source, stands for.
func kindOfDriver(name string) Kind {
	switch name = strings.ToLower(name); {
	case name == "":
		return Kind{}
	case strings.Contains(name, "sqlite"), strings.Contains(name, "memory"), strings.Contains(name, "sqlmock"), strings.Contains(name, "txdb"),
		strings.Contains(name, "duckdb"), strings.Contains(name, "ramsql"), strings.HasPrefix(name, "file:"), name == "ql", name == "ql-mem":
		return Kind{Embedded: true}
	}
	return Kind{Remote: true}
}
