variable "backup_retention_days" {
  description = "The operations standard asks for 30 days."
  type        = number
  default     = 35
}

resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = "db.m7g.large"

  allocated_storage           = 100
  username                    = "orders"
  manage_master_user_password = true

  multi_az                  = true
  backup_retention_period   = var.backup_retention_days
  deletion_protection       = true
  skip_final_snapshot       = false
  final_snapshot_identifier = "orders-final"
}

resource "aws_dynamodb_table" "sessions" {
  name         = "orders-sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  deletion_protection_enabled = true
}
