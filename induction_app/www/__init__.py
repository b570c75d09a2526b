"""The pages: for each route a template and a module with its subclass of Page (see docs/pages.md)."""
