package main

import (
	"errors"
	"os"

	"github.com/rs/zerolog/log"
	"github.com/sirupsen/logrus"
)

func main() {
	if len(os.Args) > 1 {
		if err := work(); err != nil {
			log.Error().Err(err).Msg("work")
			return // want `failure of work ends`
		}
		if err := work(); err != nil {
			log.Warn().Err(err).Msg("work")
			return
		}
		if err := work(); err != nil {
			logrus.WithError(err).Error("work")
			return // want `failure of work ends`
		}
	}
	if err := work(); err != nil {
		log.Err(err).Msg("work") // want `failure of work ends`
	}
}

func work() error { return errors.New("x") }
