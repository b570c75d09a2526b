"""Page not found, for addresses that no page answers. The framework renders this one."""

no_cache = 1
sitemap = 0
