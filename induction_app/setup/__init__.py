"""What installation creates: roles and their meaning, standards, workflows, settings, mail texts, term dates."""
