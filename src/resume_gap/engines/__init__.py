"""What carries out the heavy work on numbered events; the figures are those of the local one."""
