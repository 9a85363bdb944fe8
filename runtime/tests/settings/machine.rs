//! Credentials of a container and of an instance, from endpoints on this machine.
