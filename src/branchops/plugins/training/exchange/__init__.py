"""What training exchanges with other systems: xAPI statements out, records in."""
