package analyzers

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"fmt"
	"go/types"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// A vetxFact is a fact as it travels from one call of the tool to the next.
// Facts about indirect imports travel on even if an importer never names them,
// since a program is judged with all its parts.
type vetxFact struct {
	Path   string          // of the package
	Object objectpath.Path // empty for a fact of the package itself
	Fact   analysis.Fact
}

func (f *vetxFact) compare(g *vetxFact) int {
	return cmp.Or(
		strings.Compare(f.Path, g.Path),
		cmp.Compare(f.Object, g.Object),
		strings.Compare(reflect.TypeOf(f.Fact).String(), reflect.TypeOf(g.Fact).String()),
	)
}

// registerFacts makes the types of all facts known to the codec.
func registerFacts() {
	seen := make(map[*analysis.Analyzer]bool)
	var register func(a *analysis.Analyzer)
	register = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, fact := range a.FactTypes {
			gob.Register(fact)
		}
		for _, required := range a.Requires {
			register(required)
		}
	}
	for _, a := range All {
		register(a.Analyzer)
	}
}

// readVetx reads the facts that another unit left. An empty file holds none.
func readVetx(name string) ([]vetxFact, error) {
	registerFacts()
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	if len(data) == 0 {
		return nil, nil
	}
	var facts []vetxFact
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&facts); err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	return facts, nil
}

// writeVetx writes facts in an order of their own, so that the same facts are
// the same bytes.
func writeVetx(name string, facts []vetxFact) error {
	if name == "" {
		return nil
	}
	registerFacts()
	slices.SortFunc(facts, func(a, b vetxFact) int { return a.compare(&b) })
	facts = slices.CompactFunc(facts, func(a, b vetxFact) bool { return a.compare(&b) == 0 })
	var buf bytes.Buffer
	if len(facts) > 0 {
		if err := gob.NewEncoder(&buf).Encode(facts); err != nil {
			return fmt.Errorf("encode facts: %w", err)
		}
	}
	if err := os.WriteFile(name, buf.Bytes(), 0o666); err != nil {
		return fmt.Errorf("write facts: %w", err)
	}
	return nil
}

// facts reads the facts of the unit's imports. The view holds those about
// things in sight; all of them travel on.
func (i *exportImporter) facts(pkg *types.Package) (*factView, []vetxFact, error) {
	view := &factView{store: newFactStore(), path: pkg.Path(), visible: make(map[string]bool)}
	var carried []vetxFact
	for _, path := range slices.Sorted(maps.Keys(i.unit.PackageVetx)) {
		facts, err := readVetx(i.unit.PackageVetx[path])
		if err != nil {
			return nil, nil, err
		}
		for _, f := range facts {
			view.visible[f.Path] = true
			i.restore(view.store, &f)
		}
		carried = append(carried, facts...)
	}
	return view, carried, nil
}

// restore puts a fact into the store, if what it is about is in sight.
func (i *exportImporter) restore(store *factStore, f *vetxFact) {
	pkg := i.packages[f.Path]
	if f.Object == "" {
		if pkg == nil {
			pkg = types.NewPackage(f.Path, f.Path[strings.LastIndexByte(f.Path, '/')+1:])
		}
		store.setPackage(pkg, f.Fact)
		return
	}
	if pkg == nil {
		return
	}
	if object, err := objectpath.Object(pkg, f.Object); err == nil {
		(&factView{store: store}).exportObject(object, f.Fact)
	}
}

// exported returns the facts for those who import the package: its own and
// those that it carries on.
func (v *factView) exported(carried []vetxFact) []vetxFact {
	facts := slices.Clone(carried)
	own := v.store.byPackage[v.path]
	if own == nil {
		return facts
	}
	for _, key := range own.packages {
		facts = append(facts, vetxFact{Path: v.path, Fact: v.store.packages[key]})
	}
	encoder := new(objectpath.Encoder)
	for _, key := range own.objects {
		if path, err := encoder.For(key.object); err == nil {
			facts = append(facts, vetxFact{Path: v.path, Object: path, Fact: v.store.objects[key]})
		}
	}
	return facts
}
