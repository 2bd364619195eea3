package viper

func AutomaticEnv()                    {}
func BindEnv(input ...string) error    { return nil }
func GetString(key string) string      { return "" }
func SetDefault(key string, value any) {}
