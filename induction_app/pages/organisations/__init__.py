"""What the pages about schools and their people share: a guest's answers, the places of a person, words."""
