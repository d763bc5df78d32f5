"""Who acts and who witnesses: staff, dated roles, PINs, and the keys that keep customers' data separable."""
