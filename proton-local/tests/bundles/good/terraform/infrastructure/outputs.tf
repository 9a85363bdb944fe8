output "NetworkId" {
  value = aws_vpc.network.id
}
