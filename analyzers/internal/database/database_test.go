package database

import "testing"

func TestIsDefinition(t *testing.T) {
	for statement, want := range map[string]bool{
		"CREATE TABLE orders (id int)":                                true,
		"create table if not exists orders (id int)":                  true,
		"-- orders\n/* by day */ CREATE UNIQUE INDEX a ON orders(id)": true,
		"CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON orders(id)":     true,
		"ALTER TABLE public.orders ADD COLUMN %s int":                 true,
		"ALTER TABLE %s.orders ADD COLUMN total int":                  true,
		"DROP TABLE IF EXISTS orders":                                 true,
		"TRUNCATE orders":                                             true,
		"TRUNCATE TABLE orders":                                       true,

		"":                                   false,
		"CREATE":                             false,
		"CREATE TEMP TABLE seen (id int)":    false,
		"CREATE TABLE %s (id int)":           false,
		"DROP TABLE ":                        false,
		"DROP OWNED BY orders":               false,
		"ALTER ROLE orders SET x":            false,
		"ALTER TABLE a ATTACH PARTITION b":   false,
		"CREATE TABLE a PARTITION OF orders": false,
		"INSERT INTO orders VALUES (1)":      false,
		"UPDATE alter SET table = 1":         false,
		"-- CREATE TABLE orders":             false,
	} {
		if got := IsDefinition(statement); got != want {
			t.Errorf("IsDefinition(%q) = %t, want %t", statement, got, want)
		}
	}
}
