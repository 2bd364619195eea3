# syntax=docker/dockerfile:1
# A build with most of what people write.
ARG GO_VERSION=1.26 ALPINE
ARG REGISTRY="registry.example.com"

FROM --platform=$BUILDPLATFORM golang:${GO_VERSION}-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/root/.cache \
    go mod download
# comment between
COPY . .
RUN go build -o /out/orders \
    # comment inside

    ./cmd/orders

FROM ${REGISTRY}/base/alpine:${ALPINE:-3.22} as runtime
LABEL org.example.title="Orders service" \
      org.example.team='größer & ältere' plain=yes
ENV PATH_TO_DATA=/data \
    GREETING="hello \"world\"" \
    EMPTY=
ENV LEGACY form with spaces
EXPOSE 8080 9090/tcp
VOLUME ["/data", "/cache"]
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=3s CMD ["/orders", "-health"]
STOPSIGNAL SIGTERM
COPY --from=build --chown=10001:10001 /out/orders /orders
COPY <<'SCRIPT' <<-"OTHER" /usr/local/bin/
#!/bin/sh
exec "$@"
SCRIPT
	tabs are chomped
OTHER
ONBUILD RUN echo "built"
MAINTAINER shop@example.com
ENTRYPOINT [ "/orders", \
             "--name=\u00fcber", "--greeting", "a \"b\"" ]
CMD ["serve"]
