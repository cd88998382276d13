"""What is kept how long: talks whose time is over, lists to sign, holds, certificates, packages."""
