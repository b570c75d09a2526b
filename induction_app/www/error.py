"""What went wrong outside our pages, or before one was reached. The framework renders this one."""

no_cache = 1
sitemap = 0
