package jobs

import "example/spread/api"

type sweep struct{}

func (sweep) Name() string { return "sweep" }
func (sweep) Do()          { clean() }

func clean() {}

// Half is no job: it has no name.
type half struct{}

func (half) Do() { rest() }

func rest() {}

var spare half

func All() []api.Job { return []api.Job{sweep{}} }
