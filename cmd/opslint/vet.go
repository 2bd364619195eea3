package main

// vetConfig reads the configuration that applies to a directory, for the door
// through which the go command calls opslint.
func vetConfig(dir string) (enabled func(id string) bool, parameters func(id string) map[string]any, err error) {
	var f sessionFlags
	s, err := f.open([]string{dir})
	if err != nil {
		return nil, nil, err
	}
	on := map[string]bool{}
	for _, r := range s.options.Enabled() {
		on[r.ID] = true
	}
	return func(id string) bool { return on[id] }, s.options.Parameters, nil
}
