// Package personaldatainlog gives personal data to logging libraries.
package personaldatainlog

import (
	"github.com/gin-gonic/gin"
	"github.com/rs/zerolog/log"
	"go.uber.org/zap"
)

type customer struct {
	ID          string `json:"id"`
	Email       string `json:"email"`
	DateOfBirth string `json:"-"`
}

type account struct {
	ID     string `json:"id"`
	Mobile string `json:"-" pii:"true"`
}

func register(c *gin.Context, l *zap.Logger, who customer, of account) {
	l.Info("registered", zap.String("customer", who.Email)) // want "who.Email is logged under key \"customer\""
	l.Info("registered", zap.Any("customer", who))          // want "who.Email reaches zap.Any as JSON"
	log.Info().Str("phone", c.PostForm("phone")).Send()     // want "form value phone is logged"
	l.Info("registered", zap.String("customer", who.ID), zap.Any("account", of))
	log.Info().Str("page", c.PostForm("page")).Send()
}
