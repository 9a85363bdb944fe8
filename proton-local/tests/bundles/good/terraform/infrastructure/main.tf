resource "aws_vpc" "network" {
  cidr_block = var.environment.inputs.vpc_cidr
}
