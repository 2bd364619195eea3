from debian:12
env Ä=ö  B="ü"
cmd   [ "grüße",	"日本" ]   
entrypoint exec 日本 --näme