resource "aws_sns_topic" "on_call" {
  name = "orders-on-call"
}

resource "aws_cloudwatch_metric_alarm" "database_connections" {
  alarm_name          = "orders-database-connections"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 5
  metric_name         = "DatabaseConnections"
  namespace           = "AWS/RDS"
  period              = 60
  statistic           = "Average"
  threshold           = 200

  dimensions = {
    DBInstanceIdentifier = aws_db_instance.orders.identifier
  }

  alarm_actions = [aws_sns_topic.on_call.arn]
  ok_actions    = [aws_sns_topic.on_call.arn]
}
