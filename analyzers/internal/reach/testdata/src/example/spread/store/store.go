package store

// Memory keeps orders in memory, Disk on a disk that nobody asks for.
type Memory struct{}

func Open() *Memory { return &Memory{} }

func (*Memory) Load(id string) string { return find(id) }

func find(id string) string { return id }

type Disk struct{}

func (*Disk) Load(id string) string { return read(id) }

func read(id string) string { return id }
