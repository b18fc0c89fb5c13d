"""Makes sheets that look like what an office delivers, with truth beside them."""
