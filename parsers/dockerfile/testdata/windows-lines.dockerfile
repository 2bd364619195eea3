# escape=`
FROM mcr.microsoft.com/dotnet/runtime:9.0-noble
ENV APP=C:\app `
    MODE="a`"b"
WORKDIR /app
COPY . .
RUN echo one `
 # inside
  && echo two
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
CMD dotnet `
  orders.dll
