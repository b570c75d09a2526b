"""Changes to what sites hold already, run once each by `migrate`; listed in patches.txt."""
