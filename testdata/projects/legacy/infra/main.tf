provider "aws" {
  region = "eu-central-1"
}

variable "backup_days" {
  default = 7
}

locals {
  name = "orders"
}

resource "aws_db_instance" "orders" {
  identifier              = local.name
  engine                  = "postgres"
  instance_class          = "db.t3.medium"
  allocated_storage       = 50
  username                = "orders"
  password                = var.database_password
  backup_retention_period = var.backup_days
  skip_final_snapshot     = true
}

variable "database_password" {
  sensitive = true
}

resource "aws_db_instance" "reports" {
  identifier        = "reports"
  engine            = "postgres"
  instance_class    = "db.t3.small"
  allocated_storage = 20
  username          = "reports"
  password          = var.database_password
}

resource "aws_dynamodb_table" "sessions" {
  name         = "orders-sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "orders-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  metric_name         = "HTTPCode_Target_5XX_Count"
  namespace           = "AWS/ApplicationELB"
  period              = 60
  statistic           = "Sum"
  threshold           = 10
}
