"""A cohort to try the app with: invented people and cases in schools of the register's public sample."""
